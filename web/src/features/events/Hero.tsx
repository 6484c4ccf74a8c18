import { Link } from '@tanstack/react-router'

import { Badge } from '@/components/Badge'
import { Crest } from '@/components/Crest'
import { DateBlock } from '@/components/DateBlock'
import { ClockIcon, PinIcon } from '@/components/icons'
import { Countdown } from '@/components/Time'
import { cx } from '@/lib/cx'

import { HostMenu } from './HostMenu'
import type { EventPage } from './queries'
import { useT } from './t'
import { whenIs, zoneName } from './when'

const SOON = 6 * 86_400_000

/** What it is, when and where: all that a member needs before she answers. */
export function Hero({ page, now }: { page: EventPage; now: number }) {
  const t = useT()
  const isOff = page.status === 'cancelled'
  const isLive = !isOff && Date.parse(page.starts_at) <= now && now < Date.parse(page.ends_at)
  return (
    <header className={cx(isLive && 'holo rounded-[1.0625rem] p-0.5')}>
      <div className="flex overflow-hidden rounded-card border border-line bg-surface">
        <DateBlock
          at={page.starts_at}
          zone={page.tzid}
          size="tall"
          cancelled={isOff}
          className="w-20! md:w-32! md:[&_b]:text-3xl"
        />
        <div className="relative min-w-0 flex-1 px-4 pt-4 pb-5 md:px-7 md:pt-6 md:pb-7">
          <FieldLines />
          <div className="relative flex items-center gap-2">
            <Link
              to="/c/$slug"
              params={{ slug: page.club.slug }}
              className="flex min-w-0 items-center gap-2 text-sm font-semibold text-accent-text hover:underline"
            >
              <Crest name={page.club.name} hue={page.club.hue} size={24} />
              <span className="truncate">{page.club.name}</span>
            </Link>
            <State page={page} now={now} isLive={isLive} />
            <span className="ml-auto -mr-2">
              <HostMenu page={page} now={now} />
            </span>
          </div>
          <h1 className={cx('relative mt-3 text-2xl', isOff && 'text-ink-3 line-through decoration-2')}>
            {page.title}
          </h1>
          <WhenAndWhere page={page} />
          {!isOff && Date.parse(page.starts_at) > now && Date.parse(page.starts_at) - now < SOON && (
            <p className="relative mt-3 text-sm font-semibold text-accent-text">
              {t.rich('hero.in', { left: <Countdown to={page.starts_at} /> })}
            </p>
          )}
        </div>
      </div>
    </header>
  )
}

function State({ page, now, isLive }: { page: EventPage; now: number; isLive: boolean }) {
  const t = useT()
  if (page.status === 'cancelled') return <Badge tone="bad">{t('state.off')}</Badge>
  if (isLive) return <Badge tone="live">{t('state.now')}</Badge>
  return Date.parse(page.ends_at) <= now ? <Badge>{t('state.over')}</Badge> : null
}

function WhenAndWhere({ page }: { page: EventPage }) {
  const t = useT()
  const when = whenIs(page.starts_at, page.ends_at, page.tzid)
  return (
    <dl className="relative mt-4 grid gap-2.5">
      <div className="flex gap-2.5">
        <dt>
          <ClockIcon className="mt-0.5 text-ink-3" />
          <span className="sr-only">{t('fact.when')}</span>
        </dt>
        <dd className="num min-w-0">
          <span className="font-medium">{when.day}</span>
          <span className="block text-ink-2">
            {when.mine ? t('hero.there', { hours: when.hours, zone: zoneName(when.zone) }) : when.hours}
          </span>
          {when.mine && (
            <span className="block text-sm text-ink-3">
              {t('hero.mine', {
                hours: when.mine.hours,
                day: when.mine.day ?? 'same',
                zone: zoneName(when.mine.zone),
              })}
            </span>
          )}
        </dd>
      </div>
      {page.place && (
        <div className="flex gap-2.5">
          <dt>
            <PinIcon className="mt-0.5 text-ink-3" />
            <span className="sr-only">{t('fact.where')}</span>
          </dt>
          <dd className="min-w-0">
            <span className="font-medium">{page.place}</span>
            {page.lat !== null && page.lon !== null && (
              <a
                href={`https://www.openstreetmap.org/?mlat=${page.lat}&mlon=${page.lon}#map=17/${page.lat}/${page.lon}`}
                target="_blank"
                rel="noreferrer"
                className="block text-sm font-medium text-accent-text underline-offset-2 hover:underline"
              >
                {t('hero.map')}
              </a>
            )}
          </dd>
        </div>
      )}
    </dl>
  )
}

/** A corner of a pitch in the club's colour. */
function FieldLines() {
  return (
    <svg
      viewBox="0 0 240 200"
      aria-hidden="true"
      className="pointer-events-none absolute right-0 bottom-0 hidden w-60 text-accent opacity-12 sm:block"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
    >
      <path d="M240 16h-88v168h88M240 58h-38v84h38" />
      <path d="M152 74a34 34 0 0 0 0 52" />
      <circle cx="176" cy="100" r="2.500" fill="currentColor" stroke="none" />
    </svg>
  )
}
