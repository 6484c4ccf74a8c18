import { usePrefersReducedMotion } from '@/lib/hooks/media'

interface NetworkHint {
  saveData?: boolean
}

/** The member asked her browser to spare data. */
export const savesData = (from: Navigator = navigator) =>
  (from as { connection?: NetworkHint }).connection?.saveData === true

/** Films begin by themselves only where neither data nor rest is asked for. */
export function useAutoplay(): boolean {
  const isStill = usePrefersReducedMotion()
  return !isStill && !savesData()
}
