import { lazy, Suspense, useCallback, useState } from 'react'

import { PlayIcon, UploadIcon } from '@/components/icons-more'
import type { Attachment } from '@/lib/chat/wire'
import { cx } from '@/lib/cx'
import { useSocketEvent } from '@/lib/socket'

import { bytes } from './bytes'
import { useScene } from './scene'
import { useT } from './t'

const Viewer = lazy(() => import('./PictureViewer').then((module) => ({ default: module.PictureViewer })))

/** Pictures in a grid, clips with their poster, files by name and size. */
export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  const pictures = attachments.filter(({ kind }) => kind === 'image')
  const others = attachments.filter(({ kind }) => kind !== 'image')
  return (
    <>
      {pictures.length > 0 && <Pictures pictures={pictures} />}
      {others.map((one) =>
        one.kind === 'video' ? <Clip key={one.id} clip={one} /> : <File key={one.id} file={one} />,
      )}
    </>
  )
}

function Pictures({ pictures }: { pictures: readonly Attachment[] }) {
  const t = useT()
  const { hasPass } = useScene()
  const [open, setOpen] = useState<number>()
  const [only] = pictures
  const isOne = pictures.length === 1
  return (
    <div className={cx('my-1.5 gap-1.5', isOne ? 'flex' : 'grid max-w-112 grid-cols-2')}>
      {pictures.map((picture, place) => (
        <button
          key={picture.id}
          type="button"
          onClick={() => setOpen(place)}
          aria-label={picture.alt || t('message.picture', { n: place + 1 })}
          className={cx('overflow-hidden rounded-control bg-sunken', isOne ? 'max-w-full' : 'aspect-square')}
          style={isOne ? sizeOf(only) : undefined}
        >
          {hasPass && <img src={picture.url} alt="" loading="lazy" className="size-full object-cover" />}
        </button>
      ))}
      <Suspense>
        {open !== undefined && <Viewer pictures={pictures} at={open} onClose={() => setOpen(undefined)} />}
      </Suspense>
    </div>
  )
}

const WIDEST = 400
const TALLEST = 320

/** Its place is kept before it has come, so that nothing below it moves. */
function sizeOf(picture: Attachment | undefined) {
  const { width, height } = picture ?? {}
  if (!width || !height) return { width: 240, aspectRatio: '4 / 3' }
  const scale = Math.min(1, WIDEST / width, TALLEST / height)
  return { width: Math.round(width * scale), aspectRatio: `${width} / ${height}` }
}

function Clip({ clip }: { clip: Attachment }) {
  const t = useT()
  const { hasPass } = useScene()
  const [state, setState] = useState<'poster' | 'on' | 'preparing'>('poster')
  const ready = useCallback(
    ({ id }: { id: string }) => id === clip.id && setState((was) => (was === 'preparing' ? 'on' : was)),
    [clip.id],
  )
  useSocketEvent('attachment.ready', ready)
  if (state === 'preparing') return <p className="my-1.5 text-sm text-ink-3">{t('message.clip.preparing')}</p>
  if (state === 'on')
    return (
      <video
        src={clip.url}
        poster={clip.poster_url ?? undefined}
        controls
        autoPlay
        playsInline
        onError={() => setState('preparing')}
        className="my-1.5 max-h-96 max-w-full rounded-control bg-sunken"
        style={sizeOf(clip)}
      >
        <track kind="captions" />
      </video>
    )
  return (
    <button
      type="button"
      aria-label={t('message.clip', { name: clip.name })}
      onClick={() => setState('on')}
      className="relative my-1.5 block max-w-full overflow-hidden rounded-control bg-sunken"
      style={sizeOf(clip)}
    >
      {hasPass && clip.poster_url && (
        <img src={clip.poster_url} alt="" loading="lazy" className="size-full object-cover" />
      )}
      <span className="absolute inset-0 grid place-items-center">
        <span className="grid size-12 place-items-center rounded-pill bg-ink text-paper">
          <PlayIcon size={22} />
        </span>
      </span>
    </button>
  )
}

function File({ file }: { file: Attachment }) {
  return (
    <a
      href={file.url}
      download={file.name}
      className="my-1.5 flex max-w-96 items-center gap-3 rounded-control border border-line bg-surface px-3 py-2.5 hover:border-ink-3"
    >
      <UploadIcon size={20} className="shrink-0 rotate-180 text-ink-3" />
      <span className="min-w-0 flex-1 truncate text-md font-medium">{file.name}</span>
      <span className="num shrink-0 text-sm text-ink-3">{bytes(file.size)}</span>
    </a>
  )
}
