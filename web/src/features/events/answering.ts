import { useMutation, useQueryClient } from '@tanstack/react-query'

import type { Answer } from '@/components/AnswerPills'
import { announce } from '@/lib/announce'
import { api, take } from '@/lib/api'
import { answered } from '@/lib/queries/actions'

import { event as eventQuery, type EventPage } from './queries'

export interface Reply {
  answer: Answer
  guests: number
  note: string
}

/** The page at once, before the server agrees. Her guests sit down with her. */
export function replied(page: EventPage, reply: Reply, now: string): EventPage {
  const next = { ...page, ...answered(page, reply.answer, now) }
  const mine = next.my_answer
  if (!mine) return next
  const guests = mine.standing === 'going' ? reply.guests : 0
  return { ...next, going: next.going + guests, my_answer: { ...mine, guests, note: reply.note } }
}

/** Answers with guests and a note, as only the event's own page asks for them. */
export function useReply(event: EventPage) {
  const cache = useQueryClient()
  const { queryKey } = eventQuery(event.id)
  return useMutation({
    mutationFn: (reply: Reply) =>
      take(
        api.PUT('/api/v1/events/{event_id}/answer', {
          params: { path: { event_id: event.id } },
          body: { ...reply, surface: 'event' },
        }),
      ),
    onMutate: async (reply) => {
      await cache.cancelQueries({ queryKey, exact: true })
      const before = cache.getQueryData(queryKey)
      cache.setQueryData(queryKey, (page) => page && replied(page, reply, new Date().toISOString()))
      return before
    },
    onSuccess: (taken) => {
      announce(taken.message)
      const { going, maybe, waiting, capacity, my_answer } = taken
      cache.setQueryData(queryKey, (page) => page && { ...page, going, maybe, waiting, capacity, my_answer })
    },
    onError: (_problem, _reply, before) => before && cache.setQueryData(queryKey, before),
    onSettled: () => void cache.invalidateQueries({ queryKey: ['events'] }),
  })
}
