import type { QueryClient } from '@tanstack/react-query'

import type { Connection } from './connection'

/** Writes what an event says into the query cache, so that screens only ever read queries. */
export type EventWriter<T = never> = (cache: QueryClient, payload: T) => void

export interface Dispatcher {
  when: <T>(event: string, writer: EventWriter<T>) => Dispatcher
  connect: (cache: QueryClient, refetchKeys?: readonly (readonly unknown[])[]) => () => void
}

/**
 * Ties events to the cache. `connect(cache)` begins and answers the function that ends it. After a reconnect the
 * queries under `refetchKeys` are marked old, since pushes may have been missed in between.
 */
export function createDispatcher(connection: Pick<Connection, 'on' | 'onLive'>): Dispatcher {
  const writers = new Map<string, EventWriter>()
  let isFirst = true
  return {
    when<T>(event: string, writer: EventWriter<T>): Dispatcher {
      writers.set(event, writer as EventWriter)
      return this
    },
    connect(cache, refetchKeys = []) {
      isFirst = true
      const ends = [...writers].map(([event, write]) =>
        connection.on(event, (payload) => write(cache, payload as never)),
      )
      const endLive = connection.onLive(() => {
        if (!isFirst) refetchKeys.forEach((queryKey) => void cache.invalidateQueries({ queryKey }))
        isFirst = false
      })
      return () => [...ends, endLive].forEach((end) => end())
    },
  }
}
