import { createDispatcher, socket } from '@/lib/socket'

/** Queries that may have missed pushes while the line was down. */
export const REFETCHED = [['notifications'], ['rooms'], ['feed', 'new']] as const

/** Events that concern the whole app. A screen's own events are tied in its feature with `useSocketEvent`. */
export const events = createDispatcher(socket)
  .when('notifications.changed', (cache) => void cache.invalidateQueries({ queryKey: ['notifications'] }))
  .when('unread.changed', (cache) => void cache.invalidateQueries({ queryKey: ['rooms'] }))
