import { useEffect, useRef } from 'react'

/** Calls `reached` when the returned ref's element comes within `margin` of the view. For "more" at the end of a list. */
export function useReached<T extends Element>(reached: () => void, enabled = true, margin = '600px') {
  const ref = useRef<T>(null)
  const latest = useRef(reached)
  useEffect(() => {
    latest.current = reached
  })
  useEffect(() => {
    const element = ref.current
    if (!element || !enabled) return
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && latest.current(),
      { rootMargin: margin },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [enabled, margin])
  return ref
}
