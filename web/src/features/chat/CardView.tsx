import { queryOptions, useQuery } from '@tanstack/react-query'

import { Card as Surface } from '@/components/Card'
import { eventView } from '@/components/event-view'
import { EventCard } from '@/components/EventCard'
import { pickView } from '@/components/feed/pick-view'
import { PickRow } from '@/components/PickRow'
import type { Wire } from '@/lib/api'
import type { Card, Message } from '@/lib/chat/wire'
import { useNow } from '@/lib/clock'
import { dayAndTime } from '@/lib/format'
import { useAnswer, usePick } from '@/lib/queries/actions'

import { call } from './call'
import { Poll } from './Poll'
import { useT } from './t'

/** Something to answer, to call or to vote on, inside a message. */
export function CardView({ message, card }: { message: Message; card: Card }) {
  if (card.kind === 'poll') return <Poll message={message} card={card} />
  if (card.kind === 'event' && card.id) return <EventInTalk id={card.id} card={card} />
  if (card.kind === 'pick' && card.id) return <PickInTalk id={card.id} card={card} />
  return <Plain card={card} />
}

// The card was sent with what was known then; what is shown is how the thing stands now.
const event = (id: string) =>
  queryOptions({
    queryKey: ['events', id, 'in-talk'],
    queryFn: () => call<Wire<'EventCard'>>('GET', `/events/${id}`),
    staleTime: 30_000,
    retry: false,
  })

const fixture = (id: string) =>
  queryOptions({
    queryKey: ['fixtures', id, 'in-talk'],
    queryFn: () => call<Wire<'BoardFixture'>>('GET', `/fixtures/${id}`),
    staleTime: 30_000,
    retry: false,
  })

function EventInTalk({ id, card }: { id: string; card: Card }) {
  const now = useNow(60_000)
  const query = useQuery(event(id))
  const answer = useAnswer({ surface: 'chat' })
  if (!query.data?.club) return <Plain card={card} />
  const found = query.data
  return (
    <EventCard
      event={eventView(found, now)}
      size="inline"
      className="my-1.5 max-w-120"
      onAnswer={(wish) => answer.mutate({ event: found, answer: wish })}
    />
  )
}

function PickInTalk({ id, card }: { id: string; card: Card }) {
  const now = useNow(30_000)
  const query = useQuery(fixture(id))
  const pick = usePick({ surface: 'chat' })
  const found = query.data
  if (!found?.home) return <Plain card={card} />
  const view = pickView(found, now)
  return (
    <Surface className="my-1.5 max-w-120">
      <PickRow
        pick={view}
        saving={pick.isPending}
        onPick={(choice) =>
          pick.mutate({ fixture: found as never, choice: view.choice === choice ? null : choice })
        }
      />
    </Surface>
  )
}

/** A thing that is gone, or that she may not see: what the message said of it. */
function Plain({ card }: { card: Card }) {
  const t = useT()
  const when = card.data.starts_at ?? card.data.kickoff_at
  return (
    <Surface className="my-1.5 max-w-120 px-4 py-3.5">
      <p className="text-xs font-semibold text-ink-3">
        {t(card.kind === 'pick' ? 'card.pick' : 'card.event')}
      </p>
      <p className="display text-md">{card.title}</p>
      {typeof when === 'string' && <p className="num text-sm text-ink-2">{dayAndTime(when)}</p>}
    </Surface>
  )
}
