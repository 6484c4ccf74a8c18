import { useRef, useState, type MouseEvent, type RefObject } from 'react'

import { HeartIcon } from '@/components/icons'
import { PlayIcon } from '@/components/icons-more'
import { cx } from '@/lib/cx'

import type { Reel } from './queries'
import { useT } from './t'

const TWICE_MS = 280
const HEART_MS = 700

interface StageProps {
  reel: Reel
  video: RefObject<HTMLVideoElement | null>
  isNear: boolean
  preload: 'auto' | 'metadata' | 'none'
  isPaused: boolean
  onToggle: () => void
  onLike: () => void
  onTimeUpdate: () => void
}

/** The film over its poster over its colour: something is always there. One press stops it, two like it. */
export function Stage(props: StageProps) {
  const { reel, video, isNear, preload, isPaused, onToggle, onLike, onTimeUpdate } = props
  const t = useT()
  const [isShown, setShown] = useState(false)
  const { hearts, onClick } = usePresses(onToggle, onLike)
  const isUpright = (reel.height ?? 16) > (reel.width ?? 9)
  const fit = isUpright ? 'object-cover' : 'object-contain'
  return (
    <div className="absolute inset-0" style={{ backgroundColor: reel.colour ?? undefined }}>
      {reel.poster_url && (
        <img
          src={reel.poster_url}
          alt=""
          loading={isNear ? 'eager' : 'lazy'}
          className={cx('absolute inset-0 size-full', fit)}
        />
      )}
      {isNear && (
        // Captions come with the reel where its author gave some.
        <video
          ref={video}
          src={reel.video_url ?? undefined}
          preload={preload}
          playsInline
          loop
          muted
          tabIndex={-1}
          aria-label={reel.caption || undefined}
          onTimeUpdate={onTimeUpdate}
          onLoadedData={() => setShown(true)}
          className={cx(
            'absolute inset-0 size-full transition-opacity duration-240',
            fit,
            !isShown && 'opacity-0',
          )}
        >
          {reel.captions_url && (
            <track kind="captions" src={reel.captions_url} label={t('captions')} srcLang="en" default />
          )}
        </video>
      )}
      <button
        type="button"
        aria-label={t(isPaused ? 'play' : 'pause')}
        onClick={onClick}
        className="absolute inset-0 grid place-items-center -outline-offset-4 outline-white!"
      >
        {isPaused && (
          <span className="grid size-18 place-items-center rounded-pill bg-black/45 text-white backdrop-blur-sm">
            <PlayIcon size={32} fill="currentColor" />
          </span>
        )}
      </button>
      {hearts.map(({ id, x, y }) => (
        <span
          key={id}
          aria-hidden="true"
          className="pointer-events-none absolute -mt-12 -ml-12 text-white drop-shadow-lg transition duration-240 starting:scale-40 starting:opacity-0"
          style={{ left: x, top: y }}
        >
          <HeartIcon size={96} fill="currentColor" strokeWidth={0} />
        </span>
      ))}
    </div>
  )
}

interface Heart {
  id: number
  x: number
  y: number
}

/** Tells one press from two; a heart stands where the second one fell. */
function usePresses(onOne: () => void, onTwo: () => void) {
  const [hearts, setHearts] = useState<readonly Heart[]>([])
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const onClick = (event: MouseEvent<HTMLElement>) => {
    // A key pressed it: there is no second press to wait for.
    if (event.detail === 0) return onOne()
    if (waiting.current === undefined) {
      waiting.current = setTimeout(() => {
        waiting.current = undefined
        onOne()
      }, TWICE_MS)
      return
    }
    clearTimeout(waiting.current)
    waiting.current = undefined
    const box = event.currentTarget.getBoundingClientRect()
    const id = event.timeStamp
    setHearts((before) => [...before, { id, x: event.clientX - box.left, y: event.clientY - box.top }])
    setTimeout(() => setHearts((before) => before.filter((heart) => heart.id !== id)), HEART_MS)
    onTwo()
  }
  return { hearts, onClick }
}
