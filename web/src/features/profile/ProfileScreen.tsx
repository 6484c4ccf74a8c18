import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'

import { Avatar } from '@/components/Avatar'
import { Button, ButtonLink } from '@/components/Button'
import { Crest } from '@/components/Crest'
import { EmptyState } from '@/components/EmptyState'
import { FeedList, unranked } from '@/components/feed/FeedList'
import { Hue } from '@/components/Hue'
import { ChatIcon } from '@/components/icons'
import { Loaded } from '@/components/Loaded'
import { Page } from '@/components/Page'
import { Bone, FeedSkeleton, RowsSkeleton } from '@/components/Skeleton'
import { Tabs } from '@/components/Tabs'
import { RelativeTime } from '@/components/Time'
import { api, type Wire } from '@/lib/api'
import { asProblem } from '@/lib/api/problem'
import { useNow } from '@/lib/clock'
import { dayName } from '@/lib/format'
import { useReached } from '@/lib/hooks/scroll'
import { useDirectTalk } from '@/lib/queries/rooms'
import { useMember } from '@/lib/session'

import { Badges } from './Badges'
import { activity, posts, profile } from './queries'
import { useT } from './t'

const route = getRouteApi('/house/m/$handle')

/** A member: who she is, her clubs, her badges, and what she did lately. */
export function ProfileScreen() {
  const t = useT()
  const { handle } = route.useParams()
  const query = useQuery(profile(handle))
  if (query.error && asProblem(query.error).status === 404)
    return (
      <Page title={t('profile.title')}>
        <EmptyState level="h1" drawing="search" title={t('profile.gone')} words={t('profile.gone.words')} />
      </Page>
    )
  return (
    <Page title={query.data?.name ?? t('profile.title')} aside={query.data && <Clubs of={query.data} />}>
      <Loaded query={query} skeleton={<Bones />}>
        {(person) => (
          <Hue value={person.hue}>
            <Head person={person} />
            <Badges handle={person.handle} />
            <Doings handle={person.handle} />
          </Hue>
        )}
      </Loaded>
    </Page>
  )
}

function Head({ person }: { person: Wire<'Profile'> }) {
  const t = useT()
  const me = useMember()
  const now = useNow(3_600_000)
  const isMe = me.id === person.id
  return (
    <header className="flex flex-col gap-4 sm:flex-row sm:items-start">
      <Avatar person={person} size={96} />
      <div className="min-w-0 flex-1">
        <h1 className="text-2xl">{person.name}</h1>
        <p className="mt-0.5 text-sm text-ink-3">
          @{person.handle} · {t('profile.since', { date: dayName(person.member_since, now) })}
        </p>
        {person.bio && <p className="mt-3 leading-6 whitespace-pre-line">{person.bio}</p>}
        <p className="num mt-3 text-sm text-ink-2">
          {t('profile.followers', { n: person.followers })} ·{' '}
          {t('profile.following', { n: person.following })}
        </p>
        <div className="mt-3 xl:hidden">
          <ClubLinks of={person} />
        </div>
      </div>
      <div className="flex gap-2">
        {isMe ? <ButtonLink to="/settings">{t('edit')}</ButtonLink> : <Acts person={person} />}
      </div>
    </header>
  )
}

function Acts({ person }: { person: Wire<'Profile'> }) {
  const t = useT()
  const cache = useQueryClient()
  const key = profile(person.handle).queryKey
  const follow = useMutation({
    mutationFn: (wanted: boolean) => {
      const params = { path: { member_id: person.id } }
      return wanted
        ? api.PUT('/api/v1/people/{member_id}/follow', { params })
        : api.DELETE('/api/v1/people/{member_id}/follow', { params })
    },
    onMutate: (wanted) => {
      const before = cache.getQueryData(key)
      cache.setQueryData(
        key,
        before && { ...before, followed_by_me: wanted, followers: before.followers + (wanted ? 1 : -1) },
      )
      return before
    },
    onError: (_problem, _wanted, before) => cache.setQueryData(key, before),
    onSuccess: () => void cache.invalidateQueries({ queryKey: ['feed', 'following'] }),
  })
  const talk = useDirectTalk()
  return (
    <>
      <Button
        tone={person.followed_by_me ? 'line' : 'accent'}
        aria-pressed={person.followed_by_me}
        onClick={() => follow.mutate(!person.followed_by_me)}
      >
        {t(person.followed_by_me ? 'following' : 'follow')}
      </Button>
      <Button icon={ChatIcon} busy={talk.isPending} onClick={() => talk.mutate(person.id)}>
        {t('message')}
      </Button>
    </>
  )
}

function ClubLinks({ of }: { of: Wire<'Profile'> }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-2 xl:flex-col xl:gap-3">
      {of.clubs.map((club) => (
        <li key={club.id}>
          <Link
            to="/c/$slug"
            params={{ slug: club.slug }}
            className="reach flex items-center gap-2.5 font-medium hover:underline"
          >
            <Crest name={club.name} hue={club.hue} size={26} />
            {club.name}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Clubs({ of }: { of: Wire<'Profile'> }) {
  const t = useT()
  if (of.clubs.length === 0) return null
  return (
    <section>
      <h2 className="mb-3 text-lg">{t('clubs')}</h2>
      <ClubLinks of={of} />
    </section>
  )
}

function Doings({ handle }: { handle: string }) {
  const t = useT()
  const [tab, setTab] = useState<'posts' | 'activity'>('posts')
  return (
    <>
      <Tabs
        label={t('tab.label')}
        value={tab}
        panelId="doings"
        onChange={setTab}
        className="mt-7"
        tabs={[
          { value: 'posts', label: t('posts') },
          { value: 'activity', label: t('activity') },
        ]}
      />
      <div id="doings" role="tabpanel">
        {tab === 'posts' ? <Posts handle={handle} /> : <Activity handle={handle} />}
      </div>
    </>
  )
}

function Posts({ handle }: { handle: string }) {
  const t = useT()
  const query = useInfiniteQuery(posts(handle))
  const items = useMemo(() => query.data?.pages.flatMap(({ data }) => unranked(data)), [query.data])
  const more = useReached<HTMLDivElement>(
    () => void query.fetchNextPage(),
    query.hasNextPage && !query.isFetchingNextPage,
  )
  return (
    <>
      <Loaded
        query={{ ...query, data: items }}
        skeleton={<FeedSkeleton />}
        empty={<EmptyState drawing="board" title={t('posts.none')} />}
      >
        {(shown) => <FeedList items={shown} surface="profile" label={t('posts')} />}
      </Loaded>
      <div ref={more} />
    </>
  )
}

function Activity({ handle }: { handle: string }) {
  const t = useT()
  const query = useQuery(activity(handle))
  return (
    <Loaded
      query={{ ...query, data: query.data?.data }}
      skeleton={<RowsSkeleton />}
      empty={<EmptyState drawing="board" title={t('activity.none')} />}
    >
      {(items) => (
        <ul className="divide-y divide-line">
          {items.map((item) => (
            <li key={item.id} className="flex items-baseline justify-between gap-4 py-3.5">
              <span className="min-w-0">
                <span className="text-ink-2">{item.text}</span> <ActivityLink item={item} />
              </span>
              <RelativeTime at={item.at} className="num shrink-0 text-sm text-ink-3" />
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  )
}

function ActivityLink({ item }: { item: Wire<'ActivityItem'> }) {
  const look = 'font-semibold hover:underline'
  if (item.kind === 'event')
    return (
      <Link to="/e/$eventId" params={{ eventId: item.item_id }} className={look}>
        {item.title}
      </Link>
    )
  if (item.kind === 'reel')
    return (
      <Link to="/reels" search={{ reel: item.item_id }} className={look}>
        {item.title}
      </Link>
    )
  return <span className="font-semibold">{item.title}</span>
}

function Bones() {
  return (
    <>
      <div className="flex gap-4">
        <Bone className="size-24 rounded-pill" />
        <div className="flex-1">
          <Bone className="h-8 w-48" />
          <Bone className="mt-3 h-4 w-72" />
        </div>
      </div>
      <FeedSkeleton />
    </>
  )
}
