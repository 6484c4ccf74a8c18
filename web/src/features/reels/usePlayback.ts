import { useEffect, useRef, useState } from 'react'

import { signals, type Signal } from '@/lib/signals'

import { sound, soundBlocked, useMuted } from './sound'
import { createWatch } from './watch'

interface PlaybackNeeds {
  isActive: boolean
  /** A sheet lies over it. */
  isCovered: boolean
  /** It is in the page: in view or next to it. */
  isNear: boolean
  autoplay: boolean
  hasCaptions: boolean
  seen: Omit<Signal, 'ms_visible'>
}

/** One film: plays while it is in view, remembers a pause, tells what was watched when it leaves. */
export function usePlayback(needs: PlaybackNeeds) {
  const { isActive, isCovered, isNear, autoplay, hasCaptions, seen } = needs
  const video = useRef<HTMLVideoElement>(null)
  const [isPaused, setPaused] = useState(!autoplay)
  const [progress, setProgress] = useState(0)
  const [wasActive, setWasActive] = useState(isActive)
  const muted = useMuted()
  const watch = useWatch(isActive, seen)
  const wants = isActive && !isPaused && !isCovered

  // What leaves the view begins anew when it comes back.
  if (wasActive !== isActive) {
    setWasActive(isActive)
    setProgress(0)
    setPaused(!autoplay)
  }

  useEffect(() => {
    const film = video.current
    if (!film) return
    film.muted = muted
    for (const track of film.textTracks) track.mode = hasCaptions ? 'showing' : 'hidden'
  }, [muted, hasCaptions, isNear])

  useEffect(() => {
    const film = video.current
    if (!film) return
    if (wants) void start(film)
    else film.pause()
  }, [wants, isNear])

  useEffect(() => {
    const film = video.current
    if (!isActive && film?.currentTime) film.currentTime = 0
  }, [isActive])

  const onTimeUpdate = () => {
    const film = video.current
    if (!film?.duration) return
    watch.current?.reading(film.currentTime, film.duration)
    setProgress(film.currentTime / film.duration)
  }
  const seek = (to: number) => {
    const film = video.current
    if (!film?.duration) return
    const share = Math.min(0.999, Math.max(0, to))
    watch.current?.jumped()
    film.currentTime = share * film.duration
    setProgress(share)
  }
  const toggle = () => setPaused((before) => !before)
  return { video, isPaused, progress, muted, toggle, seek, onTimeUpdate }
}

/** Begins; where the browser refuses sound, without it; where it refuses all, the poster stays. */
async function start(film: HTMLVideoElement) {
  try {
    await film.play()
  } catch (reason) {
    const isRefused = reason instanceof DOMException && reason.name === 'NotAllowedError'
    if (!isRefused || film.muted || !sound.get().wanted) return
    soundBlocked()
    film.muted = true
    await film.play().catch(() => undefined)
  }
}

/** Measures from coming into view to leaving it; a hidden tab ends a sighting too. */
function useWatch(isActive: boolean, seen: Omit<Signal, 'ms_visible'>) {
  const watch = useRef<ReturnType<typeof createWatch>>(undefined)
  const latest = useRef(seen)
  useEffect(() => {
    latest.current = seen
  })
  useEffect(() => {
    if (!isActive) return
    const begin = () => {
      watch.current = createWatch(() => performance.now())
    }
    const settle = () => {
      const watched = watch.current?.settle()
      watch.current = undefined
      if (watched) signals.note({ ...latest.current, ...watched })
    }
    const onVisible = () => {
      if (document.visibilityState !== 'hidden') return begin()
      settle()
      signals.flush()
    }
    begin()
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      settle()
      document.removeEventListener('visibilitychange', onVisible)
    }
  }, [isActive])
  return watch
}
