import { lazy, Suspense, useEffect, useRef, type ReactNode } from 'react'

import { CloseIcon } from '@/components/icons'
import type { Timeline } from '@/lib/chat/timeline'

import { Bones } from './Bones'
import { useT } from './t'

export type PanelKind = 'thread' | 'pins' | 'search' | 'info' | 'keys'

const ThreadPanel = lazy(() => import('./ThreadPanel').then((module) => ({ default: module.ThreadPanel })))
const PinsPanel = lazy(() => import('./PinsPanel').then((module) => ({ default: module.PinsPanel })))
const SearchPanel = lazy(() => import('./SearchPanel').then((module) => ({ default: module.SearchPanel })))
const InfoPanel = lazy(() => import('./InfoPanel').then((module) => ({ default: module.InfoPanel })))
const KeysPanel = lazy(() => import('./KeysPanel').then((module) => ({ default: module.KeysPanel })))

interface PanelProps {
  kind: PanelKind
  threadId?: string
  timeline: Timeline
  onClose: () => void
}

/** What stands beside the talk on a desk, and over it on a phone. */
export function Panel({ kind, threadId, timeline, onClose }: PanelProps) {
  const t = useT()
  const titles = {
    thread: t('thread.title'),
    pins: t('pins.title'),
    search: t('search.title'),
    info: t('info.title'),
    keys: t('keys.title'),
  }
  return (
    <PanelFrame title={titles[kind]} onClose={onClose}>
      <Suspense fallback={<Bones rows={4} />}>
        {kind === 'thread' && threadId && (
          <ThreadPanel key={threadId} rootId={threadId} timeline={timeline} onGone={onClose} />
        )}
        {kind === 'pins' && <PinsPanel timeline={timeline} />}
        {kind === 'search' && <SearchPanel />}
        {kind === 'info' && <InfoPanel />}
        {kind === 'keys' && <KeysPanel />}
      </Suspense>
    </PanelFrame>
  )
}

interface PanelFrameProps {
  title: string
  onClose: () => void
  children: ReactNode
}

function PanelFrame({ title, onClose, children }: PanelFrameProps) {
  const t = useT()
  const frame = useFocusInside()
  return (
    <section
      ref={frame}
      tabIndex={-1}
      aria-label={title}
      className="fixed inset-0 z-30 flex min-h-0 outline-none flex-col bg-paper lg:static lg:w-92 lg:shrink-0 lg:border-l lg:border-line"
    >
      <header className="flex h-18 shrink-0 items-center gap-3 border-b border-line px-4">
        <h2 className="min-w-0 flex-1 truncate text-lg">{title}</h2>
        <button
          type="button"
          aria-label={t('panel.close')}
          onClick={onClose}
          className="reach grid size-9 place-items-center rounded-control text-ink-3 hover:bg-sunken hover:text-ink"
        >
          <CloseIcon />
        </button>
      </header>
      {children}
    </section>
  )
}

/** The keyboard and the reader go into what was opened, and come back to where they were when it closes. */
function useFocusInside() {
  const frame = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const inside = frame.current
    if (inside && !inside.contains(before)) inside.focus({ preventScroll: true })
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  return frame
}
