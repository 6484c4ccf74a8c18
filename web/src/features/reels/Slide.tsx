import { useEffect, useState } from 'react'

import { useLike } from '@/lib/queries/actions'

import { About } from './About'
import { Actions } from './Actions'
import type { ReelControls } from './keys'
import type { Reel } from './queries'
import { Scrub } from './Scrub'
import { Stage } from './Stage'
import { savesData, useAutoplay } from './thrift'
import { usePlayback } from './usePlayback'
import { Why } from './Why'

interface SlideProps {
  reel: Reel
  isActive: boolean
  isCovered: boolean
  /** In view or next to it: its film is in the page. */
  isNear: boolean
  /** The reel in view says here what the keys can do. */
  onControls: ((controls: ReelControls) => void) | undefined
}

/** One reel in the whole window. */
export function Slide({ reel, isActive, isCovered, isNear, onControls }: SlideProps) {
  const [hasCaptions, setCaptions] = useState(true)
  const autoplay = useAutoplay()
  const whence = { surface: 'reels' as const, rank_id: reel.rank_id ?? null }
  const playback = usePlayback({
    isActive,
    isCovered,
    isNear,
    autoplay,
    hasCaptions,
    seen: { kind: 'reel', item_id: reel.id, club_id: reel.club.id, ...whence },
  })
  const { mutate } = useLike(whence)
  const like = (isLiked = !reel.liked) => {
    if (isLiked !== reel.liked) mutate({ reel, like: isLiked })
  }
  const { video, toggle, seek, progress } = playback
  useEffect(() => {
    onControls?.({
      toggle,
      like,
      captions: () => setCaptions((before) => !before),
      nudge: (by) => seek(progress + by),
    })
  })

  const ground = reel.colour ?? 'oklch(26% 0.04 262)'
  return (
    <article
      aria-label={reel.caption || reel.club.name}
      className="grid h-full place-items-center md:grid-cols-[1fr_auto_1fr] md:gap-5 md:py-6"
      style={{
        background: `radial-gradient(120% 80% at 50% 40%, color-mix(in oklch, ${ground} 34%, oklch(13% 0.018 262)), oklch(13% 0.018 262))`,
      }}
    >
      <div className="relative size-full md:col-start-2 overflow-hidden bg-black md:aspect-9/16 md:h-full md:max-h-[calc(100dvh-3rem)] md:w-auto md:rounded-card">
        <Stage
          reel={reel}
          video={video}
          isNear={isNear}
          preload={isActive ? 'auto' : savesData() ? 'none' : 'metadata'}
          isPaused={playback.isPaused}
          onToggle={toggle}
          onLike={() => like(true)}
          onTimeUpdate={playback.onTimeUpdate}
        />
        <Why reel={reel} whence={whence} />
        <About reel={reel} />
        <Scrub value={progress} seconds={reel.duration_s} onSeek={seek} isShown={isActive} />
      </div>
      <Actions
        reel={reel}
        muted={playback.muted}
        hasCaptions={reel.captions_url ? hasCaptions : undefined}
        onCaptions={() => setCaptions((before) => !before)}
        onLike={() => like()}
        className="absolute right-2 bottom-24 md:static md:col-start-3 md:mb-4 md:self-end md:justify-self-start"
      />
    </article>
  )
}
