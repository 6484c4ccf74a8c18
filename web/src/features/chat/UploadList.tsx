import type { KeyboardEvent } from 'react'

import { CloseIcon } from '@/components/icons'
import { PlayIcon, RetryIcon, UploadIcon } from '@/components/icons-more'
import { ProgressBar } from '@/components/ProgressBar'

import { bytes } from './bytes'
import { useT } from './t'
import { LONGEST_ALT, type Upload, type Uploads } from './uploads'

interface UploadListProps {
  uploads: Uploads
  /** Enter in a description: on to the message. */
  onDone: () => void
}

/** The files of a message being written, and how far each is. */
export function UploadList({ uploads, onDone }: UploadListProps) {
  const t = useT()
  if (uploads.all.length === 0) return null
  return (
    <ul aria-label={t('upload.list')} className="flex gap-2 overflow-x-auto px-2 pt-2 pb-1">
      {uploads.all.map((upload) => (
        <Item key={upload.key} upload={upload} uploads={uploads} onDone={onDone} />
      ))}
    </ul>
  )
}

function Item({ upload, uploads, onDone }: UploadListProps & { upload: Upload }) {
  const t = useT()
  const { file, preview, fault } = upload
  return (
    <li className="relative flex w-64 shrink-0 items-center gap-3 rounded-control border border-line bg-paper p-2">
      <Look file={file} preview={preview} />
      <div className="min-w-0 flex-1">
        <p className="truncate pr-6 text-sm font-medium">{file.name}</p>
        <HowFar upload={upload} />
        {preview && !fault && (
          <Describe upload={upload} onDescribe={(alt) => uploads.describe(upload, alt)} onDone={onDone} />
        )}
      </div>
      {fault && (
        <button
          type="button"
          className="reach mr-1 shrink-0 text-ink-2 hover:text-ink"
          aria-label={t('upload.retry', { name: file.name })}
          title={t('upload.retry', { name: file.name })}
          onClick={() => uploads.retry(upload)}
        >
          <RetryIcon size={18} />
        </button>
      )}
      <button
        type="button"
        className="reach absolute top-1.5 right-1.5 text-ink-3 hover:text-ink"
        aria-label={t('upload.remove', { name: file.name })}
        onClick={() => uploads.remove(upload)}
      >
        <CloseIcon size={16} />
      </button>
    </li>
  )
}

function Look({ file, preview }: Pick<Upload, 'file' | 'preview'>) {
  if (preview)
    return <img src={preview} alt="" className="size-14 shrink-0 rounded-sm bg-sunken object-cover" />
  const Glyph = file.type.startsWith('video/') ? PlayIcon : UploadIcon
  return (
    <span className="grid size-14 shrink-0 place-items-center rounded-sm bg-sunken text-ink-3">
      <Glyph size={20} />
    </span>
  )
}

function HowFar({ upload: { file, progress, done, fault } }: { upload: Upload }) {
  const t = useT()
  const percent = Math.round(progress * 100)
  if (fault)
    return (
      <p role="alert" className="line-clamp-3 text-xs text-bad">
        {fault}
      </p>
    )
  if (done) return <p className="num text-xs text-ink-3">{bytes(file.size)}</p>
  return (
    <ProgressBar
      value={percent}
      max={100}
      label={t('upload.progress', { name: file.name, percent })}
      className="my-1.5"
    />
  )
}

interface DescribeProps {
  upload: Upload
  onDescribe: (alt: string) => void
  onDone: () => void
}

/** What the picture shows, for who cannot see it: may be said while it still goes up. */
function Describe({ upload, onDescribe, onDone }: DescribeProps) {
  const t = useT()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    onDone()
  }
  return (
    <input
      type="text"
      value={upload.alt}
      maxLength={LONGEST_ALT}
      aria-label={t('upload.alt.of', { name: upload.file.name })}
      placeholder={t('upload.alt')}
      enterKeyHint="done"
      onKeyDown={onKeyDown}
      onChange={(event) => onDescribe(event.target.value)}
      className="reach block w-full border-b border-line bg-transparent py-0.5 text-sm outline-none placeholder:text-ink-3 hover:border-ink-3 focus:border-ink"
    />
  )
}
