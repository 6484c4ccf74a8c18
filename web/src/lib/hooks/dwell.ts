import { useEffect, useRef } from 'react'

import { signals, type Signal } from '@/lib/signals'

const LEAST_MS = 700

/** Notes how long an element was at least half in view, each time it leaves it. */
export function useDwell<T extends Element>(seen: Omit<Signal, 'ms_visible'>) {
  const ref = useRef<T>(null)
  const latest = useRef(seen)
  useEffect(() => {
    latest.current = seen
  })
  useEffect(() => {
    const element = ref.current
    if (!element) return
    let since = 0
    const settle = () => {
      const ms = since ? Math.round(performance.now() - since) : 0
      since = 0
      if (ms >= LEAST_MS) signals.note({ ...latest.current, ms_visible: ms })
    }
    const observer = new IntersectionObserver(
      (entries) => {
        const isIn = entries.at(-1)?.isIntersecting ?? false
        if (isIn && !since) since = performance.now()
        if (!isIn) settle()
      },
      { threshold: 0.5 },
    )
    observer.observe(element)
    addEventListener('pagehide', settle)
    return () => {
      settle()
      observer.disconnect()
      removeEventListener('pagehide', settle)
    }
  }, [])
  return ref
}
