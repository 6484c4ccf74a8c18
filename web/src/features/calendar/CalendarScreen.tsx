import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'

import { Button, ButtonLink } from '@/components/Button'
import { PlusIcon } from '@/components/icons'
import { FeedIcon } from '@/components/icons-more'
import { Page, PageHeader } from '@/components/Page'
import { Segmented } from '@/components/Segmented'
import { Loading } from '@/components/Skeleton'
import { deviceZone } from '@/lib/format'
import { useIsPhone } from '@/lib/hooks/media'
import { me } from '@/lib/queries/me'

import { Agenda } from './Agenda'
import { Filters } from './Filters'
import { GridBones } from './GridBones'
import { useT } from './t'

// The grid's machinery is heavy and comes by parts, with the first month or week that is opened.
const Month = lazy(() => import('./Month').then((module) => ({ default: module.Month })))
const Week = lazy(() => import('./Week').then((module) => ({ default: module.Week })))
const Subscribe = lazy(() =>
  import('./SubscribeSheet').then((module) => ({ default: module.SubscribeSheet })),
)

type View = 'agenda' | 'week' | 'month'

export function CalendarScreen() {
  const t = useT()
  const isPhone = useIsPhone()
  const search = useSearch({ from: '/house/calendar' })
  const navigate = useNavigate({ from: '/calendar' })
  const [isSubscribing, setSubscribing] = useState(false)
  const clubs = useQuery(me).data?.clubs ?? []
  const view: View = search.view ?? (isPhone ? 'agenda' : 'month')
  const mayPlan = clubs.some(({ role }) => role !== 'member')
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const zone = deviceZone()
  const Sheet = view === 'week' ? Week : Month

  return (
    <Page title={t('calendar.title')} width={view === 'agenda' ? 'read' : 'wide'}>
      <PageHeader
        title={t('calendar.title')}
        className="mb-4!"
        actions={
          <>
            <Button size="sm" tone="quiet" icon={FeedIcon} onClick={() => setSubscribing(true)}>
              {t('subscribe')}
            </Button>
            {mayPlan && (
              <ButtonLink to="/schedule" size="sm" tone="ink" icon={PlusIcon}>
                {t('schedule')}
              </ButtonLink>
            )}
          </>
        }
      />
      <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-3">
        <Segmented<View>
          label={t('view')}
          value={view}
          options={[
            { value: 'agenda', label: t('view.agenda') },
            { value: 'week', label: t('view.week') },
            { value: 'month', label: t('view.month') },
          ]}
          onChange={(next) => set({ view: next, on: next === 'agenda' ? undefined : search.on })}
        />
        <Filters
          clubs={clubs}
          club={search.club}
          answer={search.answer ?? 'all'}
          onClub={(club) => set({ club })}
          onAnswer={(answer) => set({ answer: answer === 'all' ? undefined : answer })}
        />
      </div>
      {view === 'agenda' ? (
        <Agenda key={search.on} on={search.on} club={search.club} answer={search.answer ?? 'all'} />
      ) : (
        <Suspense
          fallback={
            <Loading>
              <GridBones />
            </Loading>
          }
        >
          <Sheet
            on={search.on}
            club={search.club}
            answer={search.answer ?? 'all'}
            onTurn={(on) => set({ on })}
            onDay={(on) => set({ view: 'agenda', on })}
          />
        </Suspense>
      )}
      <p className="mt-4 text-sm text-ink-3">
        {t(view === 'agenda' ? 'zone.venue' : 'zone.mine', { zone: zone.replaceAll('_', ' ') })}
      </p>
      <Suspense>
        {isSubscribing && <Subscribe clubs={clubs} onClose={() => setSubscribing(false)} />}
      </Suspense>
    </Page>
  )
}
