import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { Avatar } from '@/components/Avatar'
import { Crest } from '@/components/Crest'
import { RelativeTime } from '@/components/Time'
import { cx } from '@/lib/cx'

import type { Reel } from './queries'
import { useT } from './t'

/** Who made it, for which club, and what they say. */
export function About({ reel }: { reel: Reel }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const isLong = reel.caption.length > 90
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-0 bg-linear-to-t from-black/75 via-black/40 to-transparent px-4 pt-20 pr-16 pb-7 text-white md:pr-4">
      <div className="pointer-events-auto flex items-center gap-2.5">
        <Link to="/m/$handle" params={{ handle: reel.author.handle }} className="flex items-center gap-2.5">
          <Avatar person={reel.author} size={36} className="ring-2 ring-white/70" />
          <span className="font-semibold hover:underline">{reel.author.name}</span>
        </Link>
        <RelativeTime at={reel.created_at} className="text-sm text-white/75" />
      </div>
      <Link
        to="/c/$slug"
        params={{ slug: reel.club.slug }}
        className="pointer-events-auto mt-2 inline-flex items-center gap-2 text-sm font-medium text-white/90 hover:underline"
      >
        <Crest name={reel.club.name} hue={reel.club.hue} size={20} />
        {reel.club.name}
      </Link>
      {reel.caption && <p className={cx('mt-2 leading-snug', !isOpen && 'line-clamp-2')}>{reel.caption}</p>}
      {isLong && (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="pointer-events-auto mt-1 text-sm font-semibold text-white/85 hover:text-white"
        >
          {t(isOpen ? 'caption.less' : 'caption.more')}
        </button>
      )}
    </div>
  )
}
