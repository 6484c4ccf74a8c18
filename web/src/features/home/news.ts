import { useCallback, useState } from 'react'

import { useSocketEvent } from '@/lib/socket'

import type { Tab } from './queries'

/** How much is new since the list was fetched. The ranked list is new as a whole, so it counts once. */
export function useNews(tab: Tab) {
  const [count, setCount] = useState(0)
  const moved = useCallback(() => {
    if (tab === 'for-you') setCount(1)
  }, [tab])
  const posted = useCallback(() => {
    if (tab !== 'for-you') setCount((n) => n + 1)
  }, [tab])
  useSocketEvent('feed.changed', moved)
  useSocketEvent('feed.new', posted)
  return { count, clear: () => setCount(0) }
}
