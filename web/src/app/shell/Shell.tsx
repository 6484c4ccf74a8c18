import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'

import { ConnectionChip } from '@/components/ConnectionChip'
import { cx } from '@/lib/cx'
import { useHotkeys } from '@/lib/hooks/hotkeys'
import { useSession } from '@/lib/session'
import { useConnectionStatus } from '@/lib/socket'

import { useT } from '../t'
import { BottomBar, TopBar } from './phone'
import { Rail, SlimRail } from './Rail'

const Palette = lazy(() =>
  import('@/features/search/Palette').then((module) => ({ default: module.Palette })),
)

/** Screens that use the whole window and bring their own header: the rail is slim beside them. */
function shapeOf(path: string): 'plain' | 'chat' | 'room' | 'reels' {
  if (/^\/chat\/./.test(path)) return 'room'
  if (path.startsWith('/chat')) return 'chat'
  return path.startsWith('/reels') ? 'reels' : 'plain'
}

/** Shows the house to members. Between the end of a session and the way to the door it is empty. */
export function Shell() {
  return useSession().status === 'member' ? <House /> : null
}

/** The house around the screens: rail or bars, the search palette, the connection chip. */
function House() {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const [isSearching, setSearching] = useState(false)
  const shape = shapeOf(path)
  const isPlain = shape === 'plain'
  const search = () => setSearching(true)
  useHotkeys({ 'mod+k': search, '/': search })
  useArrival()

  return (
    <>
      <SkipLink />
      <div
        className={isPlain ? 'mx-auto flex max-w-332 gap-10 px-4 md:px-6' : 'flex h-dvh flex-col md:flex-row'}
      >
        {isPlain ? <Rail onSearch={search} /> : <SlimRail onSearch={search} />}
        <div className={cx('min-w-0 flex-1', !isPlain && 'min-h-0')}>
          {isPlain && <TopBar onSearch={search} />}
          <Outlet />
        </div>
        {/* Inside a room the keyboard and the composer need the place of the thumb bar. */}
        {shape !== 'room' && <BottomBar floats={isPlain} />}
      </div>
      {isPlain && <Chip />}
      <Suspense>{isSearching && <Palette onClose={() => setSearching(false)} />}</Suspense>
    </>
  )
}

function SkipLink() {
  const t = useT()
  return (
    <a
      href="#main"
      className="fixed top-2 left-2 z-50 -translate-y-16 rounded-control bg-ink px-4 py-2 font-semibold text-paper focus:translate-y-0"
    >
      {t('skip')}
    </a>
  )
}

function Chip() {
  return (
    <div className="fixed bottom-24 left-4 z-30 md:hidden">
      <ConnectionChip status={useConnectionStatus()} />
    </div>
  )
}

/** After a change of page the focus is in the page, so that the next Tab and the reader begin there. */
function useArrival() {
  const arrived = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  const last = useRef<string>(undefined)
  useEffect(() => {
    if (last.current !== undefined && last.current !== arrived)
      document.getElementById('main')?.focus({ preventScroll: true })
    last.current = arrived
  }, [arrived])
}
