import { useCallback, useEffect, useRef, useState } from 'react'

import { Button, IconButton } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { DownIcon, PlusIcon } from '@/components/icons'
import { UploadIcon } from '@/components/icons-more'
import { usePrefersReducedMotion } from '@/lib/hooks/media'

import { useReelKeys, type ReelControls } from './keys'
import type { Reel } from './queries'
import { Slide } from './Slide'
import { useT } from './t'

interface ViewerProps {
  reels: readonly Reel[]
  /** Why these are newest first. */
  degraded: string | undefined
  isEnd: boolean
  /** Something lies over it: the film waits. */
  isCovered: boolean
  onNearEnd: () => void
  onShare: () => void
}

/** How many slides ahead are asked for. */
const AHEAD = 3

/** Slides that snap to the window. Only the one in view plays, its neighbours are ready. */
export function Viewer({ reels, degraded, isEnd, isCovered, onNearEnd, onShare }: ViewerProps) {
  const t = useT()
  const list = useRef<HTMLUListElement>(null)
  const active = useInView(list, reels.length)
  const controls = useRef<ReelControls>(undefined)
  const isStill = usePrefersReducedMotion()

  const go = useCallback(
    (step: 1 | -1) => {
      const next = list.current?.children[active + step]
      next?.scrollIntoView({ behavior: isStill ? 'auto' : 'smooth', block: 'start' })
    },
    [active, isStill],
  )
  useReelKeys(go, controls)
  useEffect(() => {
    if (active >= reels.length - AHEAD) onNearEnd()
  }, [active, reels.length, onNearEnd])

  return (
    <>
      <ul
        ref={list}
        aria-label={t('reels.title')}
        className="scroll-quiet h-full snap-y snap-mandatory overflow-y-auto overscroll-contain"
      >
        {reels.map((reel, place) => (
          <li
            key={reel.id}
            data-place={place}
            aria-label={t('place', { place: place + 1 })}
            className="relative h-full snap-start snap-always"
          >
            <Slide
              reel={reel}
              isActive={place === active}
              isCovered={isCovered}
              isNear={Math.abs(place - active) <= 1}
              onControls={place === active ? (now) => (controls.current = now) : undefined}
            />
          </li>
        ))}
        {isEnd && (
          <li data-place={reels.length} className="grid h-full snap-start place-items-center">
            <EmptyState
              drawing="reel"
              title={t('end')}
              words={t('end.words')}
              action={
                <Button tone="ink" icon={UploadIcon} onClick={onShare}>
                  {t('share')}
                </Button>
              }
            />
          </li>
        )}
      </ul>
      {degraded && (
        <p
          role="status"
          className="absolute inset-x-0 top-3 mx-auto w-fit rounded-pill bg-surface/80 px-3 py-1 text-xs text-ink-2 backdrop-blur-sm"
        >
          {degraded}
        </p>
      )}
      <div className="absolute top-3 right-3 z-10 md:top-6 md:right-6">
        <Button
          icon={PlusIcon}
          onClick={onShare}
          aria-label={t('share')}
          className="size-9! bg-black/45! px-0! text-white! backdrop-blur-sm md:h-9! md:w-auto! md:px-4! md:text-sm!"
        >
          <span className="hidden md:inline">{t('share')}</span>
        </Button>
      </div>
      <div className="absolute right-6 bottom-6 z-10 hidden flex-col gap-2 md:flex">
        <IconButton
          icon={DownIcon}
          label={t('previous')}
          tone="line"
          className="size-11! rotate-180 rounded-pill!"
          disabled={active === 0}
          onClick={() => go(-1)}
        />
        <IconButton
          icon={DownIcon}
          label={t('next')}
          tone="line"
          className="size-11! rounded-pill!"
          disabled={active >= reels.length - (isEnd ? 0 : 1)}
          onClick={() => go(1)}
        />
      </div>
    </>
  )
}

/** The place of the slide that fills the window. */
function useInView(list: React.RefObject<HTMLElement | null>, count: number): number {
  const [active, setActive] = useState(0)
  useEffect(() => {
    const root = list.current
    if (!root) return
    const observer = new IntersectionObserver(
      (entries) => {
        const shown = entries.find(({ isIntersecting }) => isIntersecting)
        if (shown) setActive(Number((shown.target as HTMLElement).dataset.place))
      },
      { root, threshold: 0.6 },
    )
    for (const slide of root.children) observer.observe(slide)
    return () => observer.disconnect()
  }, [list, count])
  return active
}
