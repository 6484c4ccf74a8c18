import { useId } from 'react'

import { cx } from '@/lib/cx'
import { initials } from '@/lib/format'
import { hueOf } from '@/styles/hues'

import { Hue } from './Hue'

export interface CrestProps {
  name: string
  /** The club's hue; worked out from the name when it has none. */
  hue?: number | null
  /** An uploaded crest; drawn when absent. */
  src?: string | null
  /** Up to three letters to use instead of the initials ("1st"). */
  letters?: string
  size?: number
  className?: string
}

const PATTERNS = ['plain', 'halves', 'stripes', 'hoops', 'sash'] as const

function pattern(name: string): (typeof PATTERNS)[number] {
  const sum = [...name].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0)
  return PATTERNS[sum % PATTERNS.length] ?? 'plain'
}

const DRAWN: Record<(typeof PATTERNS)[number], string> = {
  plain: '',
  halves: 'M20 0h20v40H20z',
  stripes: 'M6 0h5v40H6zM17.500 0h5v40h-5zM29 0h5v40h-5z',
  hoops: 'M0 6h40v5H0zM0 17.500h40v5H0zM0 29h40v5H0z',
  sash: 'M0 30 30 0h10v0L0 40z',
}

/** A club's sign: its letters on its colour, over a kit pattern that always comes out the same for the same name. */
export function Crest({ name, hue, src, letters, size = 24, className }: CrestProps) {
  const clip = useId()
  const box = cx('shrink-0 select-none', className)
  if (src) {
    const style = { borderRadius: size * 0.325 }
    return (
      <img src={src} alt="" width={size} height={size} style={style} className={cx(box, 'object-cover')} />
    )
  }
  const text = letters ?? initials(name)
  return (
    <Hue as="span" value={hue ?? hueOf(name)} className={cx('inline-flex', box)} aria-hidden="true">
      <svg viewBox="0 0 40 40" width={size} height={size}>
        <clipPath id={clip}>
          <rect width="40" height="40" rx="13" />
        </clipPath>
        <g clipPath={`url(#${clip})`}>
          <rect width="40" height="40" className="fill-crest" />
          <path d={DRAWN[pattern(name)]} fill="#000" opacity="0.14" />
          <text
            x="20"
            y="20.500"
            textAnchor="middle"
            dominantBaseline="central"
            fontSize={text.length > 2 ? 14 : 16.5}
            fontWeight="700"
            letterSpacing="-0.2"
            className="fill-white font-display"
          >
            {text}
          </text>
        </g>
      </svg>
    </Hue>
  )
}
