import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

import { Hue } from '@/components/Hue'
import { WhistleIcon, type Icon } from '@/components/icons'
import { AwardIcon, CalendarCheckIcon, EyeIcon, FlameIcon, MegaphoneIcon } from '@/components/icons-more'
import { ProgressBar } from '@/components/ProgressBar'
import { Bone } from '@/components/Skeleton'
import type { Wire } from '@/lib/api'
import { useNow } from '@/lib/clock'
import { cx } from '@/lib/cx'
import { dayName } from '@/lib/format'

import { achievements } from './queries'
import { useT } from './t'

/** The shelf: what was earned stands in colour, what is on its way shows how far it is. */
export function Badges({ handle }: { handle: string }) {
  const t = useT()
  const query = useQuery(achievements(handle))
  const badges = query.data?.badges
  const asked = useLocation({ select: ({ hash }) => hash === 'badges' })
  const shelf = useRef<HTMLElement>(null)
  useEffect(() => {
    // A notification leads here; what stands above may have come later than the page.
    if (asked && badges) shelf.current?.scrollIntoView({ block: 'center' })
  }, [asked, badges])
  if (query.isError) return null
  return (
    <section ref={shelf} id="badges" className="mt-7">
      <div className="mb-3 flex items-baseline justify-between">
        <h2 className="text-lg">{t('badges')}</h2>
        {badges && (
          <span className="num text-sm text-ink-3">
            {t('badges.count', { earned: query.data?.earned ?? 0, all: badges.length })}
          </span>
        )}
      </div>
      {badges ? (
        <ul className="grid grid-cols-2 gap-3 sm:grid-cols-5">
          {badges.map((badge) => (
            <One key={badge.badge} badge={badge} />
          ))}
        </ul>
      ) : (
        <Bone className="h-36 rounded-card" />
      )}
    </section>
  )
}

/** The signs badges name; one we do not know yet gets a cup. */
const GLYPHS: Record<string, Icon> = {
  whistle: WhistleIcon,
  calendar: CalendarCheckIcon,
  megaphone: MegaphoneIcon,
  eye: EyeIcon,
  flame: FlameIcon,
}

function One({ badge }: { badge: Wire<'BadgeOut'> }) {
  const t = useT()
  const now = useNow(3_600_000)
  const isEarned = badge.earned_at !== null
  const Glyph = GLYPHS[badge.glyph] ?? AwardIcon
  return (
    <Hue
      value={badge.hue}
      as="li"
      className="flex flex-col items-center rounded-card border border-line bg-surface px-3 py-4 text-center"
    >
      <span
        className={cx(
          'grid size-14 place-items-center rounded-pill text-xl',
          isEarned ? 'bg-accent text-accent-ink' : 'bg-sunken text-ink-3 grayscale',
        )}
        aria-hidden="true"
      >
        <Glyph size={26} />
      </span>
      <h3 className="mt-2.5 text-sm leading-tight font-semibold">{badge.title}</h3>
      <p className="mt-1 text-xs leading-snug text-ink-3" title={t('badge.rare', { n: badge.holders })}>
        {badge.text}
      </p>
      <div className="mt-auto w-full pt-2.5">
        {badge.earned_at ? (
          <p className="text-xs font-semibold text-accent-text">
            {t('badge.earned', { date: dayName(badge.earned_at, now) })}
          </p>
        ) : (
          <>
            <ProgressBar
              value={badge.have}
              max={badge.need}
              label={t('badge.progress', { have: badge.have, need: badge.need })}
            />
            <p className="num mt-1 text-xs text-ink-3">
              {t('badge.progress', { have: badge.have, need: badge.need })}
            </p>
          </>
        )}
      </div>
    </Hue>
  )
}
