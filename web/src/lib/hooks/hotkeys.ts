import { useEffect, useRef } from 'react'

/** "mod+k" (Cmd on Apple, Ctrl elsewhere), "j", "Escape", "shift+?". */
export type Hotkeys = Record<string, (event: KeyboardEvent) => void>

const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform)

export function matches(hotkey: string, event: KeyboardEvent): boolean {
  const parts = hotkey.toLowerCase().split('+')
  const key = parts.pop()
  const wantsMod = parts.includes('mod')
  const hasMod = isApple() ? event.metaKey : event.ctrlKey
  const hasOther = isApple() ? event.ctrlKey : event.metaKey
  if (event.key.toLowerCase() !== key || event.altKey || hasOther || wantsMod !== hasMod) return false
  // A sign such as "?" needs Shift on some keyboards and not on others, so Shift counts only when it is asked for.
  return !parts.includes('shift') || event.shiftKey
}

/** Someone is writing: single letters belong to the text then. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

/** Keys for the whole page while the component is shown. Single keys rest while someone writes; "mod+" ones do not. */
export function useHotkeys(hotkeys: Hotkeys, enabled = true) {
  const latest = useRef(hotkeys)
  useEffect(() => {
    latest.current = hotkeys
  })
  useEffect(() => {
    if (!enabled) return
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const found = Object.keys(latest.current).find((hotkey) => matches(hotkey, event))
      if (!found || (isWriting(event.target) && !found.includes('mod+'))) return
      event.preventDefault()
      latest.current[found]?.(event)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [enabled])
}

/** What to print on a key cap. */
export const modKey = () => (isApple() ? '⌘' : 'Ctrl')
