import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, take, type Wire } from '@/lib/api'
import { patchEverywhere, thing } from '@/lib/patch'

/** Where a member does something, and which ranking brought her there. Goes along with every act. */
export interface Whence {
  surface: Wire<'Hide'>['surface']
  rank_id?: string | null
}

type EventCard = Wire<'EventCard'>
type Answer = 'yes' | 'maybe' | 'no'

const seats = (answer: EventCard['my_answer']) => (answer?.standing === 'going' ? 1 + answer.guests : 0)

/** How the card looks at once, before the server agrees: a full event puts her in line, not on a seat. */
export function answered(event: EventCard, answer: Answer, now: string): EventCard {
  const free = event.capacity === null ? Infinity : event.capacity - event.going + seats(event.my_answer)
  const standing = answer === 'yes' ? (free >= 1 ? 'going' : 'waiting') : answer
  const mine = { answer, standing, guests: 0, note: '', answered_at: now, position: null } as const
  const before = event.my_answer?.standing
  return {
    ...event,
    my_answer: mine,
    going: event.going - seats(event.my_answer) + (standing === 'going' ? 1 : 0),
    maybe: event.maybe + Number(standing === 'maybe') - Number(before === 'maybe'),
    waiting: event.waiting + Number(standing === 'waiting') - Number(before === 'waiting'),
  }
}

/** Answers an event, wherever its card stands. */
export function useAnswer(whence: Whence) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ event, answer }: { event: EventCard; answer: Answer }) =>
      take(
        api.PUT('/api/v1/events/{event_id}/answer', {
          params: { path: { event_id: event.id } },
          body: { answer, guests: 0, note: '', ...whence },
        }),
      ),
    onMutate: ({ event, answer }) =>
      patchEverywhere<EventCard & Record<string, unknown>>(cache, thing(event.id, 'my_answer'), (card) => ({
        ...card,
        ...answered(card, answer, new Date().toISOString()),
      })),
    onError: (_problem, _wish, back) => back?.(),
    onSettled: (_answer, _problem, { event }) =>
      void cache.invalidateQueries({ queryKey: ['events', event.id] }),
  })
}

type ReelCard = Wire<'ReelCard'>

/** Likes a reel, or takes the like back. */
export function useLike(whence: Whence) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ reel, like }: { reel: ReelCard; like: boolean }) => {
      const params = { path: { reel_id: reel.id } }
      if (like) await api.PUT('/api/v1/reels/{reel_id}/like', { params, body: { ...whence } })
      else await api.DELETE('/api/v1/reels/{reel_id}/like', { params })
    },
    onMutate: ({ reel, like }) =>
      patchEverywhere<ReelCard & Record<string, unknown>>(cache, thing(reel.id, 'liked'), (card) =>
        card.liked === like
          ? card
          : { ...card, liked: like, likes: Math.max(0, card.likes + (like ? 1 : -1)) },
      ),
    onError: (_problem, _wish, back) => back?.(),
  })
}

type PostCard = Wire<'PostCard'>
type Reaction = NonNullable<PostCard['my_reaction']>

export function reacted(post: PostCard, reaction: Reaction | null): PostCard {
  const reactions: Record<string, number> = { ...post.reactions }
  if (post.my_reaction) reactions[post.my_reaction] = Math.max(0, (reactions[post.my_reaction] ?? 1) - 1)
  if (reaction) reactions[reaction] = (reactions[reaction] ?? 0) + 1
  const left = Object.fromEntries(Object.entries(reactions).filter(([, n]) => n > 0))
  return { ...post, my_reaction: reaction, reactions: left as PostCard['reactions'] }
}

/** Reacts to a post, with one reaction or none. */
export function useReact(whence: Whence) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ post, reaction }: { post: PostCard; reaction: Reaction | null }) => {
      const params = { path: { post_id: post.id } }
      if (reaction)
        await api.PUT('/api/v1/posts/{post_id}/reaction', { params, body: { reaction, ...whence } })
      else await api.DELETE('/api/v1/posts/{post_id}/reaction', { params })
    },
    onMutate: ({ post, reaction }) =>
      patchEverywhere<PostCard & Record<string, unknown>>(cache, thing(post.id, 'my_reaction'), (card) => ({
        ...card,
        ...reacted(card, reaction),
      })),
    onError: (_problem, _wish, back) => back?.(),
  })
}

type Fixture = Wire<'FixtureOut'>
type Choice = '1' | 'X' | '2'

/** Makes a pick, or takes it back. The server's clock decides whether it was in time. */
export function usePick(whence: Whence) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ fixture, choice }: { fixture: Fixture; choice: Choice | null }) => {
      const params = { path: { fixture_id: fixture.id } }
      if (choice) await api.PUT('/api/v1/fixtures/{fixture_id}/pick', { params, body: { choice, ...whence } })
      else await api.DELETE('/api/v1/fixtures/{fixture_id}/pick', { params })
    },
    onMutate: ({ fixture, choice }) =>
      patchEverywhere<Fixture & Record<string, unknown>>(cache, thing(fixture.id, 'lock_at'), (card) => ({
        ...card,
        my_pick: choice && { ...(card.my_pick as object | null), choice },
      })),
    onError: (_problem, _wish, back) => back?.(),
    onSettled: () => void cache.invalidateQueries({ queryKey: ['leaderboard'] }),
  })
}

/** Less like this: the thing goes at once, and the ranking hears of it. */
export function useHide(whence: Whence) {
  return useMutation({
    mutationFn: (wish: { kind: Wire<'Hide'>['kind']; item_id: string; club_id?: string | null }) =>
      api.POST('/api/v1/feed/hide', { body: { ...wish, ...whence } }),
  })
}
