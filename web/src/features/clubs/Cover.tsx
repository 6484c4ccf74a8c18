import { SmartImage } from '@/components/SmartImage'
import type { Wire } from '@/lib/api'
import { cx } from '@/lib/cx'

interface CoverProps {
  picture: Wire<'Picture'> | null
  hue: number
  className?: string
  eager?: boolean
}

/** A club's cover, or floodlights on its colour where it has none. */
export function Cover({ picture, hue, className, eager }: CoverProps) {
  const best = picture?.sizes.find(({ width }) => width >= 1000) ?? picture?.sizes.at(-1)
  if (picture && best)
    return (
      <SmartImage
        src={best.url}
        alt={picture.alt}
        colour={picture.colour}
        eager={eager}
        className={cx('rounded-none!', className)}
      />
    )
  return (
    <span
      aria-hidden="true"
      className={cx('block', className)}
      style={{
        backgroundImage: `radial-gradient(ellipse at 18% 0%, oklch(82% 0.1 ${hue} / .75), transparent 42%), radial-gradient(ellipse at 82% 0%, oklch(82% 0.1 ${hue} / .75), transparent 42%), linear-gradient(oklch(42% 0.11 ${hue}), oklch(30% 0.08 ${hue + 20}))`,
      }}
    />
  )
}
