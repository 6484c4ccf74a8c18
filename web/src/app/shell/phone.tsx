import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'

import { Avatar } from '@/components/Avatar'
import { CountBadge } from '@/components/Badge'
import { IconButton } from '@/components/Button'
import { Wordmark } from '@/components/HoloMark'
import { BellIcon, PlusIcon, SearchIcon } from '@/components/icons'
import { cx } from '@/lib/cx'
import { useMember } from '@/lib/session'

import { useT } from '../t'
import { MemberMenu } from './MemberMenu'
import { PLACES, type Place } from './places'
import { useUnread } from './queries'

const CreateSheet = lazy(() => import('./CreateSheet').then((module) => ({ default: module.CreateSheet })))

/** Over every page on a phone. */
export function TopBar({ onSearch }: { onSearch: () => void }) {
  const t = useT()
  const member = useMember()
  const unread = useUnread('notifications')
  return (
    <header className="flex items-center gap-1 py-2.5 md:hidden">
      <Link to="/" className="mr-auto">
        <Wordmark />
      </Link>
      <IconButton icon={SearchIcon} label={t('search')} onClick={onSearch} />
      <Link to="/notifications" className="reach grid size-9 place-items-center">
        <BellIcon />
        <span className="sr-only">{t('place.notifications')}</span>
        <CountBadge
          count={unread}
          label={t('unread', { n: unread })}
          className="absolute -top-0.5 -right-1"
        />
      </Link>
      <MemberMenu>
        <button type="button" className="reach ml-1 grid place-items-center">
          <Avatar person={member} size={28} />
          <span className="sr-only">{t('own')}</span>
        </button>
      </MemberMenu>
    </header>
  )
}

/** The thumb bar: four places and, in the middle, what one can begin. */
export function BottomBar({ floats }: { floats: boolean }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const pick = (key: Place['key']) => PLACES.filter((place) => place.key === key)
  return (
    <nav
      aria-label={t('bar')}
      className={cx(
        'inset-x-0 bottom-0 z-30 flex items-start justify-around border-t border-line md:hidden',
        'bg-surface/88 px-1 pt-2 pb-[max(0.75rem,env(safe-area-inset-bottom))] text-ink backdrop-blur-md',
        floats ? 'fixed' : 'order-last shrink-0',
      )}
    >
      {[...pick('home'), ...pick('calendar')].map((place) => (
        <BarLink key={place.key} place={place} />
      ))}
      <button
        type="button"
        aria-label={t('create')}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="grid size-11.5 place-items-center rounded-[0.9375rem] bg-ink text-paper transition-transform active:scale-95"
      >
        <PlusIcon />
      </button>
      {[...pick('chat'), ...pick('picks')].map((place) => (
        <BarLink key={place.key} place={place} />
      ))}
      <Suspense>{isOpen && <CreateSheet onClose={() => setOpen(false)} />}</Suspense>
    </nav>
  )
}

function BarLink({ place }: { place: Place }) {
  const t = useT()
  const count = useUnread(place.key)
  return (
    <Link
      to={place.to}
      activeOptions={{ exact: place.to === '/', includeSearch: false }}
      activeProps={{ className: 'text-ink', 'aria-current': 'page' }}
      inactiveProps={{ className: 'text-ink-3' }}
      className="relative grid min-h-11 w-16 place-items-center gap-0.5 pt-0.5 text-xs font-medium"
    >
      <place.icon />
      {t(`place.${place.key}`)}
      <CountBadge count={count} label={t('unread', { n: count })} className="absolute -top-1 left-8.5" />
    </Link>
  )
}
