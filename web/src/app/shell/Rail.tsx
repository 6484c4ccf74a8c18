import { Link } from '@tanstack/react-router'

import { Avatar } from '@/components/Avatar'
import { CountBadge } from '@/components/Badge'
import { ConnectionChip } from '@/components/ConnectionChip'
import { Crest } from '@/components/Crest'
import { HoloMark, Wordmark } from '@/components/HoloMark'
import { PlusIcon, SearchIcon } from '@/components/icons'
import { Tooltip } from '@/components/Tooltip'
import { cx } from '@/lib/cx'
import { modKey } from '@/lib/hooks/hotkeys'
import { useMember } from '@/lib/session'
import { useConnectionStatus } from '@/lib/socket'

import { useT } from '../t'
import { MemberMenu } from './MemberMenu'
import { PLACES, type Place } from './places'
import { useMyClubs, useUnread } from './queries'

const LINE = 'flex min-h-10 items-center gap-3 rounded-control px-2.5 py-2 font-medium transition-colors'
const QUIET = 'text-ink-2 hover:bg-sunken hover:text-ink'

/** The left rail from 44rem on. */
export function Rail({ onSearch }: { onSearch: () => void }) {
  const t = useT()
  return (
    <nav
      aria-label={t('rail')}
      className="scroll-quiet sticky top-0 hidden h-dvh w-52 shrink-0 flex-col gap-1 overflow-y-auto py-6 md:flex lg:w-58"
    >
      <Link to="/" className="px-2.5 pt-1 pb-5">
        <Wordmark />
      </Link>
      <SearchBox onSearch={onSearch} />
      {PLACES.map((place) => (
        <RailLink key={place.key} place={place} />
      ))}
      <MyClubs />
      <div className="mt-auto flex flex-col items-start gap-2 pt-4">
        <ConnectionChip status={useConnectionStatus()} />
        <Own />
      </div>
    </nav>
  )
}

function SearchBox({ onSearch }: { onSearch: () => void }) {
  const t = useT()
  return (
    <button
      type="button"
      onClick={onSearch}
      aria-keyshortcuts="Control+K Meta+K"
      className="mb-3 flex items-center gap-2.5 rounded-control border border-line bg-surface px-2.5 py-2 text-ink-3 hover:border-ink-3"
    >
      <SearchIcon />
      <span className="flex-1 text-left">{t('search')}</span>
      <kbd className="rounded-sm border border-line px-1.5 font-text text-xs font-medium">{modKey()} K</kbd>
    </button>
  )
}

function RailLink({ place }: { place: Place }) {
  const t = useT()
  const Glyph = place.icon
  return (
    <Link
      to={place.to}
      activeOptions={{ exact: place.to === '/', includeSearch: false }}
      activeProps={{ className: 'bg-sunken font-semibold text-ink', 'aria-current': 'page' }}
      inactiveProps={{ className: QUIET }}
      className={LINE}
    >
      <Glyph />
      <span className="flex-1">{t(`place.${place.key}`)}</span>
      <Unread place={place} />
    </Link>
  )
}

function Unread({ place, className }: { place: Place; className?: string }) {
  const t = useT()
  const count = useUnread(place.key)
  return <CountBadge count={count} label={t('unread', { n: count })} className={className} />
}

function MyClubs() {
  const t = useT()
  const clubs = useMyClubs()
  return (
    <>
      <Link to="/clubs" className="px-2.5 pt-4.5 pb-1.5 text-xs font-medium text-ink-3 hover:text-ink">
        {t('clubs')}
      </Link>
      {clubs.slice(0, 7).map((club) => (
        <Link
          key={club.slug}
          to="/c/$slug"
          params={{ slug: club.slug }}
          activeOptions={{ includeSearch: false }}
          activeProps={{ className: 'bg-sunken text-ink', 'aria-current': 'page' }}
          inactiveProps={{ className: QUIET }}
          className={LINE}
        >
          <Crest name={club.name} hue={club.hue} />
          <span className="truncate">{club.name}</span>
        </Link>
      ))}
      <Link to="/clubs" className={cx(LINE, QUIET)}>
        <span className="grid size-6 place-items-center rounded-[0.5rem] border border-dashed border-ink-3">
          <PlusIcon size={14} />
        </span>
        {t(clubs.length > 0 ? 'clubs.more' : 'clubs.first')}
      </Link>
    </>
  )
}

function Own() {
  const member = useMember()
  return (
    <MemberMenu>
      <button type="button" className={cx(LINE, QUIET, 'w-full text-left')}>
        <Avatar person={member} size={28} />
        <span className="truncate text-ink">{member.name}</span>
      </button>
    </MemberMenu>
  )
}

/** Beside chat and reels: the marks alone. */
export function SlimRail({ onSearch }: { onSearch: () => void }) {
  const t = useT()
  const member = useMember()
  const square = 'relative grid size-11 place-items-center rounded-[0.75rem]'
  return (
    <nav
      aria-label={t('rail')}
      className="hidden w-19 shrink-0 flex-col items-center gap-2.5 border-r border-line py-5 md:flex"
    >
      <Link to="/" aria-label={t('place.home')} className="mb-3.5">
        <HoloMark />
      </Link>
      {PLACES.map((place) => (
        <Tooltip key={place.key} words={t(`place.${place.key}`)} side="right">
          <Link
            to={place.to}
            activeOptions={{ exact: place.to === '/', includeSearch: false }}
            activeProps={{ className: 'bg-accent-soft text-accent-text', 'aria-current': 'page' }}
            inactiveProps={{ className: 'text-ink-3 hover:bg-sunken hover:text-ink' }}
            className={square}
          >
            <place.icon />
            <span className="sr-only">{t(`place.${place.key}`)}</span>
            <Unread place={place} className="absolute -top-1 -right-1" />
          </Link>
        </Tooltip>
      ))}
      <Tooltip words={t('search')} side="right">
        <button
          type="button"
          aria-label={t('search')}
          onClick={onSearch}
          className={cx(square, 'text-ink-3 hover:bg-sunken hover:text-ink')}
        >
          <SearchIcon />
        </button>
      </Tooltip>
      <div className="mt-auto">
        <MemberMenu>
          <button type="button" className={square}>
            <Avatar person={member} size={32} />
            <span className="sr-only">{t('own')}</span>
          </button>
        </MemberMenu>
      </div>
    </nav>
  )
}
