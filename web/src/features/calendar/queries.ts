import { queryOptions } from '@tanstack/react-query'

import { api, take, type Wire } from '@/lib/api'

export type CalendarEvent = Wire<'EventCard'>
export type MyAnswer = 'all' | 'mine' | 'open'

export interface Range {
  /** Milliseconds; the start of the first day and the end of the last. */
  from: number
  to: number
}

/** Events that touch a range, of all my clubs or of one. */
export const eventsIn = ({ from, to }: Range, club?: string) =>
  queryOptions({
    queryKey: ['events', 'range', from, to, club ?? ''],
    queryFn: () =>
      take(
        api.GET('/api/v1/events', {
          params: {
            query: { from: new Date(from).toISOString(), to: new Date(to).toISOString(), club_id: club },
          },
        }),
      ),
    staleTime: 60_000,
  })

/** What I have said yes or maybe to; or what still waits for my word. */
export function answeredLike(wish: MyAnswer, now: number) {
  return ({ my_answer: mine, status, answers_close_at }: CalendarEvent): boolean => {
    if (wish === 'all') return true
    if (wish === 'mine') return mine?.answer === 'yes' || mine?.answer === 'maybe'
    return !mine && status === 'scheduled' && Date.parse(answers_close_at) > now
  }
}
