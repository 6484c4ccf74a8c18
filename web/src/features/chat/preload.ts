import { useEffect } from 'react'

const AFTER_MS = 1200

/** What comes with its first use elsewhere comes a moment after the room here: the line may be gone by then. */
const late = () =>
  Promise.allSettled([
    import('@/components/MenuPopup'),
    import('@/components/SheetFrame'),
    import('./CardView'),
    import('./EmojiPopup'),
    import('./InfoPanel'),
    import('./KeysPanel'),
    import('./PictureViewer'),
    import('./PinsPanel'),
    import('./SearchPanel'),
    import('./ThreadPanel'),
  ])

export function usePreload() {
  useEffect(() => {
    const timer = setTimeout(() => void late(), AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
}
