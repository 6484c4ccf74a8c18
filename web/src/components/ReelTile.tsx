import type { ReactNode } from 'react'

import { cx } from '@/lib/cx'
import { clipLength } from '@/lib/format'
import { hueOf } from '@/styles/hues'

export interface ReelView {
  id: string
  title: string
  poster_url?: string | null
  /** The poster's average colour, as CSS. */
  colour?: string | null
  seconds: number
}

/** A reel's poster with its length and title. Put it into a link or a button; a missing poster is drawn as dusk in a hue. */
export function ReelTile({
  reel,
  className,
  badge,
}: {
  reel: ReelView
  className?: string
  badge?: ReactNode
}) {
  const hue = hueOf(reel.id)
  const dusk = `linear-gradient(160deg, oklch(64% 0.12 ${hue}), oklch(26% 0.06 ${hue + 70}))`
  return (
    <span
      className={cx('relative block aspect-9/14 overflow-hidden rounded-[0.875rem] text-white', className)}
      style={reel.poster_url ? { backgroundColor: reel.colour ?? undefined } : { backgroundImage: dusk }}
    >
      {reel.poster_url && (
        <img src={reel.poster_url} alt="" loading="lazy" className="size-full object-cover" />
      )}
      <span className="absolute inset-x-0 bottom-0 bg-linear-to-t from-black/65 to-transparent px-3 pt-10 pb-2.5 text-sm leading-tight font-semibold">
        {reel.title}
      </span>
      <span className="num absolute top-2.5 right-2.5 rounded-sm bg-black/55 px-1.5 py-0.5 text-xs font-semibold">
        {clipLength(reel.seconds)}
      </span>
      {badge && <span className="absolute top-2.5 left-2.5">{badge}</span>}
    </span>
  )
}
