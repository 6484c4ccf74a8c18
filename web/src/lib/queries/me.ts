import { queryOptions, type QueryClient } from '@tanstack/react-query'

import { api, take } from '@/lib/api'
import { session } from '@/lib/session'
import { adoptTheme, chooseTheme, type ThemeChoice } from '@/lib/theme'

/** The signed-in member with clubs, theme and what is unread. Every screen may read it; it is fetched once. */
export const me = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    const mine = await take(api.GET('/api/v1/me'))
    const { name, hue, avatar_url: face, theme } = mine
    // What was changed on another device shows here too, in the shell and in the look.
    session.rename({ name, hue, avatar_url: face ?? null })
    adoptTheme(theme)
    return mine
  },
  staleTime: 5 * 60_000,
})

/** Chooses the look here at once, and keeps it for the member's other devices when the hub can be reached. */
export function keepTheme(theme: ThemeChoice) {
  chooseTheme(theme)
  void api.PATCH('/api/v1/me', { body: { theme } }).catch(() => undefined)
}

/** How many notifications were not opened yet, as the wire tells it; the open centre is fetched anew. */
export function notificationsCounted(cache: QueryClient, { unread }: { unread: number }) {
  cache.setQueryData(me.queryKey, (before) => before && { ...before, unread_notifications: unread })
  void cache.invalidateQueries({ queryKey: ['notifications'] })
}
