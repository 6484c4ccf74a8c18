import { useCallback, useSyncExternalStore } from 'react'

/** True while the media query holds. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}

/** A phone-sized window: sheets from below, bottom bar, one column. */
export const useIsPhone = () => useMediaQuery('(max-width: 43.99rem)')

export const usePrefersReducedMotion = () => useMediaQuery('(prefers-reduced-motion: reduce)')
