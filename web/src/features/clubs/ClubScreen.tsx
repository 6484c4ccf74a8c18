import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'

import { Button, ButtonLink } from '@/components/Button'
import { Crest } from '@/components/Crest'
import { EmptyState } from '@/components/EmptyState'
import { eventView } from '@/components/event-view'
import { EventCard } from '@/components/EventCard'
import { Hue } from '@/components/Hue'
import { ChatIcon, DotsIcon } from '@/components/icons'
import { AddPersonIcon } from '@/components/icons-more'
import { Loaded } from '@/components/Loaded'
import { Menu, MenuItem } from '@/components/Menu'
import { Page } from '@/components/Page'
import { Bone, FeedSkeleton } from '@/components/Skeleton'
import { Tabs } from '@/components/Tabs'
import { asProblem } from '@/lib/api/problem'
import { serverClock, useNow } from '@/lib/clock'
import { rooms } from '@/lib/queries/rooms'

import { ClubForm } from './ClubForm'
import { About, Feed, Reels, Upcoming } from './ClubParts'
import { Cover } from './Cover'
import { Invite } from './Invite'
import { JoinButton, LeaveConfirm } from './Joining'
import { Members } from './Members'
import { club, clubEvents, type ClubDetail } from './queries'
import { useT } from './t'
import { Table } from './Table'

const TABS = ['feed', 'events', 'members', 'reels', 'table', 'about'] as const
type Tab = (typeof TABS)[number]
const route = getRouteApi('/house/c/$slug')

export function ClubScreen() {
  const t = useT()
  const { slug } = route.useParams()
  const query = useQuery(club(slug))
  if (query.error && asProblem(query.error).status === 404)
    return (
      <Page title={t('club.title')}>
        <EmptyState
          level="h1"
          drawing="pitch"
          title={t('club.gone')}
          words={t('club.gone.words')}
          action={<ButtonLink to="/clubs">{t('club.gone.action')}</ButtonLink>}
        />
      </Page>
    )
  return (
    <Page title={query.data?.name ?? t('club.title')} aside={query.data && <Beside club={query.data} />}>
      <Loaded query={query} skeleton={<Bones />}>
        {(found) => <ClubPage club={found} />}
      </Loaded>
    </Page>
  )
}

function ClubPage({ club: shown }: { club: ClubDetail }) {
  const t = useT()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const tab = TABS.find((value) => value === search.tab) ?? 'feed'
  const go = (next: Tab) => void navigate({ search: { tab: next }, replace: true, resetScroll: false })
  return (
    <Hue value={shown.hue}>
      <Head club={shown} />
      <Tabs
        label={t('tab.label')}
        value={tab}
        panelId="club"
        onChange={go}
        className="mt-5"
        tabs={TABS.map((value) => ({ value, label: t(`tab.${value}`) }))}
      />
      <div id="club" role="tabpanel">
        {tab === 'feed' && <Feed club={shown} />}
        {tab === 'events' && <Upcoming club={shown} />}
        {tab === 'members' && <Members club={shown} />}
        {tab === 'reels' && <Reels club={shown} />}
        {tab === 'table' && <Table club={shown} />}
        {tab === 'about' && <About club={shown} />}
      </div>
    </Hue>
  )
}

/** To the club's room, for those who are in it. */
function TalkLink({ clubId }: { clubId: string }) {
  const t = useT()
  const room = useQuery(rooms).data?.find(({ club_id: id }) => id === clubId)
  if (!room) return null
  return (
    <ButtonLink to="/chat/$roomId" params={{ roomId: room.id }} icon={ChatIcon}>
      {t('talk')}
    </ButtonLink>
  )
}

function Head({ club: shown }: { club: ClubDetail }) {
  const t = useT()
  const [open, setOpen] = useState<'edit' | 'invite' | 'leave'>()
  const mayEdit = shown.can.includes('edit_club')
  const mayInvite = shown.can.includes('invite')
  return (
    <header>
      <Cover
        picture={shown.cover}
        hue={shown.hue}
        eager
        className="-mx-4 h-36 md:mx-0 md:h-48 md:rounded-card!"
      />
      <div className="flex items-end justify-between gap-3">
        <Crest
          name={shown.name}
          hue={shown.hue}
          size={84}
          className="relative -mt-10 ml-1 rounded-[1.7rem] ring-4 ring-paper"
        />
        <div className="flex items-center gap-2 pt-3">
          <TalkLink clubId={shown.id} />
          {mayInvite && (
            <Button icon={AddPersonIcon} onClick={() => setOpen('invite')}>
              {t('invite')}
            </Button>
          )}
          <JoinButton club={shown} token={route.useSearch().invite} />
          {shown.my_state === 'member' && (
            <Menu label={t('club.title')} icon={DotsIcon}>
              {mayEdit && <MenuItem onSelect={() => setOpen('edit')}>{t('edit')}</MenuItem>}
              <MenuItem onSelect={() => setOpen('leave')}>{t('leave')}</MenuItem>
            </Menu>
          )}
        </div>
      </div>
      <h1 className="mt-3 text-2xl">{shown.name}</h1>
      <p className="mt-1 text-sm text-ink-2">
        {[shown.sport, shown.place, t('club.members', { n: shown.members })].filter(Boolean).join(' · ')}
      </p>
      {open === 'edit' && <ClubForm club={shown} onClose={() => setOpen(undefined)} />}
      {open === 'invite' && <Invite club={shown} onClose={() => setOpen(undefined)} />}
      <LeaveConfirm club={shown} open={open === 'leave'} onClose={() => setOpen(undefined)} />
    </header>
  )
}

/** What the club plans next, beside everything else. */
function Beside({ club: shown }: { club: ClubDetail }) {
  const t = useT()
  const now = useNow()
  const [start] = useState(() => serverClock.now())
  const next = useQuery(clubEvents(shown.id, start)).data?.data.filter(
    ({ status }) => status !== 'cancelled',
  )[0]
  return (
    <>
      {next && (
        <section>
          <h2 className="mb-2.5 text-lg">{t('tab.events')}</h2>
          <EventCard event={eventView(next, now)} size="line" />
        </section>
      )}
      {shown.about && (
        <section>
          <h2 className="mb-2.5 text-lg">{t('tab.about')}</h2>
          <p className="text-sm leading-6 whitespace-pre-line text-ink-2">{shown.about}</p>
        </section>
      )}
    </>
  )
}

function Bones() {
  return (
    <>
      <Bone className="h-48 rounded-card" />
      <Bone className="mt-4 mb-6 h-8 w-60" />
      <FeedSkeleton />
    </>
  )
}
