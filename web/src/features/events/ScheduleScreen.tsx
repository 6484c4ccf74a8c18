import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'

import { ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { Loaded } from '@/components/Loaded'
import { Page, PageHeader } from '@/components/Page'
import { Bone } from '@/components/Skeleton'
import { serverClock } from '@/lib/clock'
import { me } from '@/lib/queries/me'

import { blank, draftOf } from './draft'
import { event } from './queries'
import { ScheduleForm } from './ScheduleForm'
import { useT } from './t'

/** The form for a new event, or for one that is there already (`?event=`). */
export function ScheduleScreen() {
  const t = useT()
  const { event: editedId, club } = useSearch({ from: '/house/schedule' })
  const title = t(editedId ? 'edit.title' : 'schedule.title')
  return (
    <Page title={title}>
      <PageHeader title={title} back />
      {editedId ? <Edited eventId={editedId} /> : <Fresh club={club} />}
    </Page>
  )
}

function Fresh({ club }: { club: string | undefined }) {
  const t = useT()
  const query = useQuery(me)
  return (
    <Loaded query={query} skeleton={<Bones />}>
      {({ clubs }) => {
        const mine = clubs.filter(({ role }) => role !== 'member')
        const chosen = mine.find(({ id, slug }) => id === club || slug === club) ?? mine[0]
        if (!chosen)
          return (
            <EmptyState
              drawing="door"
              title={t('schedule.noClub')}
              words={t('schedule.noClub.words')}
              action={
                <ButtonLink to="/clubs" tone="ink">
                  {t('schedule.noClub.action')}
                </ButtonLink>
              }
            />
          )
        return <ScheduleForm clubs={mine} initial={blank(chosen.id, serverClock.now())} />
      }}
    </Loaded>
  )
}

function Edited({ eventId }: { eventId: string }) {
  const t = useT()
  // What is on the form is what was read when it opened; a newer version is met when it is sent.
  const query = useQuery({ ...event(eventId), staleTime: Infinity, gcTime: 0 })
  return (
    <Loaded query={query} skeleton={<Bones />}>
      {(page) =>
        page.may_edit && page.status === 'scheduled' ? (
          <ScheduleForm clubs={[page.club]} initial={draftOf(page)} edited={page} />
        ) : (
          <EmptyState
            drawing="door"
            title={t('edit.closed')}
            words={t('edit.closed.words')}
            action={
              <ButtonLink to="/e/$eventId" params={{ eventId }}>
                {t('edit.back')}
              </ButtonLink>
            }
          />
        )
      }
    </Loaded>
  )
}

function Bones() {
  return (
    <div className="space-y-5">
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className="space-y-2">
          <Bone className="h-3.5 w-24" />
          <Bone className="h-11 w-full rounded-control" />
        </div>
      ))}
    </div>
  )
}
