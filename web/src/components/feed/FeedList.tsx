import { Link } from '@tanstack/react-router'
import { useMemo, useState, type ReactNode } from 'react'

import type { Wire } from '@/lib/api'
import { useNow } from '@/lib/clock'
import { useDwell } from '@/lib/hooks/dwell'
import { useAnswer, useHide, usePick, type Whence } from '@/lib/queries/actions'

import { Card } from '../Card'
import { eventView } from '../event-view'
import { EventCard } from '../EventCard'
import { PickRow } from '../PickRow'
import { ReasonLine } from '../ReasonLine'
import { ReelTile } from '../ReelTile'
import { useT } from '../t'
import { pickView } from './pick-view'
import { PostView } from './PostView'

export type FeedItem = Wire<'FeedPage'>['data'][number]
export type Fixture = Wire<'BoardFixture'>
type Surface = Whence['surface']

interface FeedListProps {
  items: readonly FeedItem[]
  surface: Surface
  /** Fixtures of the pick items, by id. */
  fixtures?: ReadonlyMap<string, Fixture>
  onComments?: (postId: string) => void
  /** Said once an item is asked away. */
  label: string
}

/** A list of unlike things between hairlines. Reels that follow each other stand side by side. */
export function FeedList({ items, surface, fixtures, onComments, label }: FeedListProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const groups = useMemo(() => grouped(items), [items])
  const hide = (id: string) => setHidden((before) => new Set([...before, id]))
  return (
    <div role="feed" aria-label={label}>
      {groups.map((group) => {
        const [first] = group
        if (!first || hidden.has(idOf(first))) return null
        return (
          <Entry key={idOf(first)} item={first} surface={surface} onHidden={() => hide(idOf(first))}>
            {first.type === 'reel' ? (
              <Strip items={group as ReelItem[]} />
            ) : (
              <Thing item={first} surface={surface} fixtures={fixtures} onComments={onComments} />
            )}
          </Entry>
        )
      })}
    </div>
  )
}

type ReelItem = Extract<FeedItem, { type: 'reel' }>

/** Posts as they stand in a list that is not ranked. */
export const unranked = (posts: readonly Wire<'PostCard'>[]): FeedItem[] =>
  posts.map((post) => ({ type: 'post', at: post.created_at, reason: null, rank_id: null, post }))

export function idOf(item: FeedItem): string {
  if (item.type === 'post') return item.post.id
  if (item.type === 'event') return item.event.id
  return item.type === 'reel' ? item.reel.id : item.fixture_id
}

const MOST_REELS = 3

/** Neighbouring reels go together, three at most. */
export function grouped(items: readonly FeedItem[]): FeedItem[][] {
  const groups: FeedItem[][] = []
  for (const item of items) {
    const last = groups.at(-1)
    if (item.type === 'reel' && last?.[0]?.type === 'reel' && last.length < MOST_REELS) last.push(item)
    else groups.push([item])
  }
  return groups
}

interface EntryProps {
  item: FeedItem
  surface: Surface
  onHidden: () => void
  children: ReactNode
}

function Entry({ item, surface, onHidden, children }: EntryProps) {
  const whence = { surface, rank_id: item.rank_id }
  const hide = useHide(whence)
  const kind = item.type
  const ref = useDwell<HTMLElement>({ kind, item_id: idOf(item), ...whence })
  const less = () => {
    onHidden()
    hide.mutate({ kind, item_id: idOf(item), club_id: clubOf(item) })
  }
  return (
    <article ref={ref} className="border-b border-line py-6 first:pt-4 last:border-0">
      {item.reason && <ReasonLine reason={item.reason.text} onLess={less} />}
      {children}
    </article>
  )
}

function clubOf(item: FeedItem): string | undefined {
  if (item.type === 'post') return item.post.club?.id
  if (item.type === 'event') return item.event.club.id
  return item.type === 'reel' ? item.reel.club.id : undefined
}

interface ThingProps {
  item: Exclude<FeedItem, { type: 'reel' }>
  surface: Surface
  fixtures?: ReadonlyMap<string, Fixture>
  onComments?: (postId: string) => void
}

function Thing({ item, surface, fixtures, onComments }: ThingProps) {
  const whence = { surface, rank_id: item.rank_id }
  if (item.type === 'post')
    return (
      <PostView
        post={item.post}
        whence={whence}
        onComments={onComments && (() => onComments(item.post.id))}
      />
    )
  if (item.type === 'event') return <EventThing event={item.event} whence={whence} />
  const fixture = fixtures?.get(item.fixture_id)
  return fixture ? <PickThing fixture={fixture} whence={whence} /> : null
}

function EventThing({ event, whence }: { event: Wire<'EventCard'>; whence: Whence }) {
  const answer = useAnswer(whence)
  const now = useNow()
  return (
    <EventCard event={eventView(event, now)} onAnswer={(value) => answer.mutate({ event, answer: value })} />
  )
}

function PickThing({ fixture, whence }: { fixture: Fixture; whence: Whence }) {
  const pick = usePick(whence)
  const now = useNow()
  return (
    <Card>
      <p className="px-4 pt-3.5 text-center text-xs text-ink-3">
        {fixture.league_name}, {fixture.round}
      </p>
      <PickRow
        pick={pickView(fixture, now)}
        saving={pick.isPending}
        onPick={(choice) =>
          pick.mutate({ fixture, choice: fixture.my_pick?.choice === choice ? null : choice })
        }
      />
    </Card>
  )
}

function Strip({ items }: { items: readonly ReelItem[] }) {
  const t = useT()
  return (
    <ul className="grid grid-cols-3 gap-2.5">
      {items.map(({ reel }) => (
        <li key={reel.id}>
          <Link to="/reels" search={{ reel: reel.id }}>
            <span className="sr-only">{t('reel.watch')} </span>
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
  )
}
