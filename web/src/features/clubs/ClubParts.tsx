import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'

import { ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { eventView } from '@/components/event-view'
import { EventCard } from '@/components/EventCard'
import { FeedList, unranked } from '@/components/feed/FeedList'
import { Loaded } from '@/components/Loaded'
import { ReelTile } from '@/components/ReelTile'
import { EventCardSkeleton, FeedSkeleton, TilesSkeleton } from '@/components/Skeleton'
import { serverClock, useNow } from '@/lib/clock'
import { dayName } from '@/lib/format'
import { useReached } from '@/lib/hooks/scroll'
import { useAnswer } from '@/lib/queries/actions'

import { clubEvents, clubPosts, clubReels, type ClubDetail } from './queries'
import { useT } from './t'

interface PartProps {
  club: ClubDetail
}

export function Feed({ club }: PartProps) {
  const t = useT()
  const query = useInfiniteQuery(clubPosts(club.slug))
  const items = useMemo(() => query.data?.pages.flatMap(({ data }) => unranked(data)), [query.data])
  const more = useReached<HTMLDivElement>(
    () => void query.fetchNextPage(),
    query.hasNextPage && !query.isFetchingNextPage,
  )
  const mayPost = club.can.includes('post')
  return (
    <>
      <Loaded
        query={{ ...query, data: items }}
        skeleton={<FeedSkeleton />}
        empty={
          <EmptyState
            drawing="board"
            title={t('feed.empty')}
            words={t('feed.empty.words')}
            action={
              mayPost && (
                <ButtonLink to="/" search={{ compose: true, club: club.slug }} tone="ink">
                  {t('feed.empty.action')}
                </ButtonLink>
              )
            }
          />
        }
      >
        {(shown) => <FeedList items={shown} surface="club" label={t('tab.feed')} />}
      </Loaded>
      <div ref={more} />
    </>
  )
}

export function Upcoming({ club }: PartProps) {
  const t = useT()
  const now = useNow()
  const [start] = useState(() => serverClock.now())
  const query = useQuery(clubEvents(club.id, start))
  const answer = useAnswer({ surface: 'club' })
  const plan = club.can.includes('schedule') && (
    <ButtonLink to="/schedule" search={{ club: club.slug }} tone="ink">
      {t('events.plan')}
    </ButtonLink>
  )
  return (
    <div className="flex flex-col gap-4 py-5">
      <Loaded
        query={{ ...query, data: query.data?.data }}
        skeleton={<EventCardSkeleton />}
        empty={
          <EmptyState
            drawing="pitch"
            title={t('events.empty')}
            words={t('events.empty.words')}
            action={plan}
          />
        }
      >
        {(events) => (
          <>
            {plan && <div className="flex justify-end">{plan}</div>}
            {events.map((event) => (
              <EventCard
                key={event.id}
                event={eventView(event, now)}
                onAnswer={(value) => answer.mutate({ event, answer: value })}
              />
            ))}
          </>
        )}
      </Loaded>
    </div>
  )
}

export function Reels({ club }: PartProps) {
  const t = useT()
  const query = useQuery(clubReels(club.slug))
  const add = club.can.includes('publish_reels') && (
    <ButtonLink to="/reels" search={{ upload: true }}>
      {t('reels.add')}
    </ButtonLink>
  )
  return (
    <div className="py-5">
      <Loaded
        query={{ ...query, data: query.data?.data }}
        skeleton={<TilesSkeleton />}
        empty={
          <EmptyState drawing="reel" title={t('reels.empty')} words={t('reels.empty.words')} action={add} />
        }
      >
        {(reels) => (
          <>
            {add && <div className="mb-4 flex justify-end">{add}</div>}
            <ul className="grid grid-cols-2 gap-2.5 sm:grid-cols-3">
              {reels.map((reel) => (
                <li key={reel.id}>
                  <Link to="/reels" search={{ reel: reel.id }}>
                    <ReelTile
                      reel={{
                        id: reel.id,
                        title: reel.caption,
                        poster_url: reel.poster_url,
                        colour: reel.colour,
                        seconds: reel.duration_s,
                      }}
                    />
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </div>
  )
}

export function About({ club }: PartProps) {
  const t = useT()
  const now = useNow()
  const facts = [
    [t('about.sport'), club.sport],
    [t('about.place'), club.place],
    [t('about.policy'), t(`about.policy.${club.join_policy}`)],
    [t('about.since'), dayName(club.created_at, now)],
  ].filter(([, value]) => value)
  return (
    <div className="py-5">
      <p className="leading-7 whitespace-pre-line">{club.about}</p>
      <dl className="mt-5 divide-y divide-line border-y border-line">
        {facts.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-4 py-3">
            <dt className="text-ink-3">{name}</dt>
            <dd className="text-right font-medium">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
