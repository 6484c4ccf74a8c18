import type { ReactNode, SVGProps } from 'react'

/** Our own strokes for the places of the hub; lucide's, at the same weight, for everyday verbs (icons-more.tsx). */
export type IconProps = SVGProps<SVGSVGElement> & { size?: number }
export type Icon = (props: IconProps) => ReactNode

function icon(drawing: ReactNode): Icon {
  return function StrokeIcon({ size = 20, ...rest }) {
    return (
      <svg
        viewBox="0 0 24 24"
        width={size}
        height={size}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.75}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
        {...rest}
        className={`shrink-0 ${rest.className ?? ''}`}
      >
        {drawing}
      </svg>
    )
  }
}

export const HomeIcon = icon(<path d="M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-5v-6h-4v6H5a1 1 0 0 1-1-1z" />)
export const CalendarIcon = icon(
  <>
    <rect x="4" y="5" width="16" height="15" rx="3" />
    <path d="M4 10h16M9 3v4M15 3v4" />
  </>,
)
export const ChatIcon = icon(<path d="M20 12a8 8 0 0 1-11.7 7L4 20l1.100-4A8 8 0 1 1 20 12z" />)
export const ReelIcon = icon(
  <>
    <rect x="5" y="3" width="14" height="18" rx="4" />
    <path d="m10.500 9 4 3-4 3z" />
  </>,
)
export const PickIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.500" />
    <path d="m8.500 12.200 2.400 2.400 4.600-5" />
  </>,
)
export const ClubIcon = icon(<path d="M12 3 5 6v6c0 4.500 3 7.500 7 9 4-1.500 7-4.500 7-9V6z" />)
export const SearchIcon = icon(
  <>
    <circle cx="11" cy="11" r="6.500" />
    <path d="m20 20-4.200-4.200" />
  </>,
)
export const BellIcon = icon(<path d="M6 16v-5a6 6 0 0 1 12 0v5l1.500 2h-15zM10 20.500h4" />)
export const HeartIcon = icon(
  <path d="M12 20S4 15 4 9.500A4.200 4.200 0 0 1 12 7.500a4.200 4.200 0 0 1 8 2C20 15 12 20 12 20z" />,
)
export const PinIcon = icon(
  <>
    <path d="M12 21s7-6 7-11a7 7 0 0 0-14 0c0 5 7 11 7 11z" />
    <circle cx="12" cy="10" r="2.500" />
  </>,
)
export const ClockIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.500" />
    <path d="M12 7.500V12l3 2" />
  </>,
)
export const DotsIcon = icon(<path d="M6 12h.01M12 12h.01M18 12h.01" strokeWidth={2.5} />)
export const SendIcon = icon(<path d="M5 12 19 5l-4 14-3.500-6z" />)
export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />)
export const CloseIcon = icon(<path d="m6 6 12 12M18 6 6 18" />)
export const BackIcon = icon(<path d="M19 12H5M11 6l-6 6 6 6" />)
export const ChevronIcon = icon(<path d="m9 6 6 6-6 6" />)
export const DownIcon = icon(<path d="m6 9 6 6 6-6" />)
export const CheckIcon = icon(<path d="m5 12.500 4.500 4.500L19 7.500" />)
export const LockIcon = icon(
  <>
    <rect x="5" y="11" width="14" height="9" rx="2.500" />
    <path d="M8 11V8a4 4 0 0 1 8 0v3" />
  </>,
)
export const TrophyIcon = icon(
  <path d="M8 4h8v6a4 4 0 0 1-8 0zM8 6H4.500c0 3 1 4.500 3.800 5M16 6h3.500c0 3-1 4.500-3.800 5M12 14v3M8.500 20h7M12 17c-1.500 0-2.500 1-2.500 3h5c0-2-1-3-2.500-3z" />,
)
export const PersonIcon = icon(
  <>
    <circle cx="12" cy="8" r="3.750" />
    <path d="M5 20c.6-4 3.200-6 7-6s6.400 2 7 6" />
  </>,
)
export const GearIcon = icon(
  <>
    <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
    <circle cx="15" cy="7" r="2" />
    <circle cx="9" cy="17" r="2" />
  </>,
)
export const DoorIcon = icon(<path d="M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M10 16l-4-4 4-4M6 12h9" />)
export const WarnIcon = icon(<path d="M12 4 2.800 19.500h18.400zM12 10v4M12 16.800v.2" />)
export const MailIcon = icon(
  <>
    <rect x="3.500" y="5.500" width="17" height="13" rx="2.500" />
    <path d="m4.500 7.500 7.500 5.500 7.500-5.500" />
  </>,
)
export const SunIcon = icon(
  <>
    <circle cx="12" cy="12" r="3.750" />
    <path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M18.400 5.600 17 7M7 17l-1.400 1.400" />
  </>,
)
export const MoonIcon = icon(<path d="M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10z" />)
export const WhistleIcon = icon(
  <path d="M3 9.500h11l6-3v5.500h-4.200a6 6 0 1 1-11.300 1L3 11.500zM10 14.500h.01M12 5V3M8.500 6 7.300 4.300" />,
)
