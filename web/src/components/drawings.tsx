import type { ReactNode } from 'react'

/** Line drawings for empty places: ink strokes, one filled part in the club's hue. 160 × 112. */
function scene(parts: ReactNode) {
  return function Scene() {
    return (
      <svg
        viewBox="0 0 160 112"
        width="160"
        height="112"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        className="text-ink-3 [&_.fill]:fill-accent-soft [&_.fill]:stroke-accent-text [&_.mark]:stroke-accent-text"
      >
        <path d="M12 100h136" strokeOpacity="0.45" />
        {parts}
      </svg>
    )
  }
}

const board = scene(
  <>
    <path d="M34 100V24M126 100V24" />
    <rect x="26" y="18" width="108" height="62" rx="6" />
    <path d="M40 30h30v22H40z" className="fill" transform="rotate(-4 55 41)" />
    <path d="M84 34h34M84 44h26M84 54h30M40 66h50" strokeOpacity="0.5" />
    <circle cx="55" cy="28" r="2" className="mark" />
  </>,
)

const chat = scene(
  <>
    <path
      d="M30 28h58a10 10 0 0 1 10 10v20a10 10 0 0 1-10 10H52L38 80V68h-8a10 10 0 0 1-10-10V38a10 10 0 0 1 10-10z"
      className="fill"
    />
    <path d="M106 46h26a10 10 0 0 1 10 10v18a10 10 0 0 1-10 10h-4v12l-13-12h-19a10 10 0 0 1-8-4" />
    <path d="M36 42h42M36 54h26" className="mark" />
  </>,
)

const calendar = scene(
  <>
    <rect x="38" y="24" width="84" height="68" rx="10" />
    <path d="M38 44h84M58 16v14M102 16v14" />
    <rect x="84" y="54" width="24" height="26" rx="6" className="fill" />
    <path d="M52 58h14M52 70h14" strokeOpacity="0.5" />
    <path d="m90 67 4 4 8-9" className="mark" />
  </>,
)

const pitch = scene(
  <>
    <path d="M28 100V40h104v60M28 40l-8-8M132 40l8-8" />
    <path
      d="M42 40v60M58 40v60M74 40v60M90 40v60M106 40v60M120 40v60M28 54h104M28 70h104M28 86h104"
      strokeOpacity="0.22"
    />
    <circle cx="98" cy="84" r="16" className="fill" />
    <path d="m98 76 7 5-3 8h-8l-3-8zM98 68v8M83 80l8 1M113 80l-8 1M89 97l5-8M107 97l-5-8" className="mark" />
  </>,
)

const reel = scene(
  <>
    <rect x="58" y="10" width="44" height="78" rx="10" className="fill" />
    <path d="m74 40 16 9-16 9z" className="mark" />
    <path d="M42 24v52a8 8 0 0 0 8 8M118 24v52a8 8 0 0 1-8 8M28 36v32M132 36v32" strokeOpacity="0.5" />
    <path d="M66 100l6-12h16l6 12" />
  </>,
)

const trophy = scene(
  <>
    <path d="M60 18h40v26a20 20 0 0 1-40 0z" className="fill" />
    <path d="M60 26H44c0 16 6 24 18 26M100 26h16c0 16-6 24-18 26M80 64v14M64 100h32M80 78c-9 0-14 8-14 22h28c0-14-5-22-14-22z" />
    <path
      d="m80 28 3 7 7 .6-5.300 4.800 1.600 7L80 43.600l-6.300 3.800 1.600-7-5.300-4.800 7-.6z"
      className="mark"
    />
  </>,
)

const bell = scene(
  <>
    <path d="M54 80V54a26 26 0 0 1 52 0v26l9 11H45z" className="fill" />
    <path d="M72 91a8 8 0 0 0 16 0M80 28v-8" />
    <path d="M34 46c2-8 6-14 12-18M126 46c-2-8-6-14-12-18" strokeOpacity="0.5" />
  </>,
)

const search = scene(
  <>
    <circle cx="74" cy="50" r="28" className="fill" />
    <path d="m95 71 22 22" strokeWidth="4" />
    <path d="M62 44c2-5 6-8 11-9" className="mark" />
    <path d="M120 30h14M124 42h10M26 62h10M22 74h14" strokeOpacity="0.5" />
  </>,
)

const door = scene(
  <>
    <path d="M52 100V20h56v80" />
    <path d="M52 20l36 10v76l-36-6z" className="fill" />
    <circle cx="80" cy="66" r="2.500" className="mark" />
    <path d="M120 34l10-8M124 46h14M120 58l10 8" strokeOpacity="0.5" />
  </>,
)

const cable = scene(
  <>
    <path d="M12 62h34M114 62h34" />
    <rect x="46" y="50" width="24" height="24" rx="6" className="fill" />
    <path d="M70 57h10M70 67h10" className="mark" />
    <rect x="94" y="50" width="20" height="24" rx="6" />
    <path d="M84 36l-4-10M92 36l6-9M84 88l-4 10M92 88l6 9" strokeOpacity="0.5" />
  </>,
)

export const DRAWINGS = { board, chat, calendar, pitch, reel, trophy, bell, search, door, cable }
export type Drawing = keyof typeof DRAWINGS
