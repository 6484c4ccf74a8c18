import { clipLength } from '@/lib/format'

import { useT } from './t'

interface ScrubProps {
  /** 0…1 */
  value: number
  seconds: number
  onSeek: (share: number) => void
  isShown: boolean
}

const STEPS = 1000

/** Where the film stands, and a way to another place. Thin until a hand comes near. */
export function Scrub({ value, seconds, onSeek, isShown }: ScrubProps) {
  const t = useT()
  return (
    <div className="group/scrub absolute inset-x-0 bottom-0 flex h-5 items-end has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-white">
      <span className="h-1 w-full bg-white/25 transition-[height] group-hover/scrub:h-1.5">
        <span className="block h-full bg-white" style={{ width: `${value * 100}%` }} />
      </span>
      <input
        type="range"
        min={0}
        max={STEPS}
        step={STEPS / 50}
        value={Math.round(value * STEPS)}
        tabIndex={isShown ? 0 : -1}
        aria-label={t('scrub')}
        aria-valuetext={t('scrub.at', { at: clipLength(value * seconds), of: clipLength(seconds) })}
        onChange={(event) => onSeek(Number(event.target.value) / STEPS)}
        className="absolute inset-0 m-0 w-full cursor-pointer opacity-0"
      />
    </div>
  )
}
