import { useEffect, useRef, type RefObject } from 'react'

import { isWriting } from '@/lib/hooks/hotkeys'

import { toggleSound } from './sound'

/** What the keys can do with the reel in view. */
export interface ReelControls {
  toggle: () => void
  like: () => void
  captions: () => void
  /** By a share of its length, forward or back. */
  nudge: (by: number) => void
}

/** The key's meaning, or nothing where it belongs to what has the focus. */
export function meaning(key: string, target: EventTarget | null): string | undefined {
  if (isWriting(target)) return undefined
  const isPressable = target instanceof Element && target.closest('button, a, [role^="menu"]') !== null
  if (isPressable && (key === ' ' || key === 'Enter')) return undefined
  const names: Record<string, string> = {
    ArrowDown: 'next',
    j: 'next',
    ArrowUp: 'previous',
    k: 'previous',
    ' ': 'toggle',
    m: 'sound',
    l: 'like',
    c: 'captions',
    ArrowRight: 'forward',
    ArrowLeft: 'back',
  }
  return names[key.length === 1 ? key.toLowerCase() : key]
}

const NUDGE = 0.1

/** Arrows or j and k turn, space stops, m is for sound, l likes, c shows captions. They rest under a sheet or a menu. */
export function useReelKeys(go: (step: 1 | -1) => void, controls: RefObject<ReelControls | undefined>) {
  const latest = useRef(go)
  useEffect(() => {
    latest.current = go
  })
  useEffect(() => {
    const acts: Record<string, () => void> = {
      next: () => latest.current(1),
      previous: () => latest.current(-1),
      toggle: () => controls.current?.toggle(),
      sound: toggleSound,
      like: () => controls.current?.like(),
      captions: () => controls.current?.captions(),
      forward: () => controls.current?.nudge(NUDGE),
      back: () => controls.current?.nudge(-NUDGE),
    }
    const onKey = (event: KeyboardEvent) => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented
      const act = isPlain ? acts[meaning(event.key, event.target) ?? ''] : undefined
      if (!act || document.querySelector('[role="dialog"], [role="menu"]')) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [controls])
}
