import { CloseIcon } from '@/components/icons'
import { RetryIcon, UploadIcon } from '@/components/icons-more'
import { ProgressBar } from '@/components/ProgressBar'

import { bytes } from './bytes'
import { useT } from './t'
import type { Upload, Uploads } from './uploads'

/** The files of a message being written, and how far each is. */
export function UploadList({ uploads }: { uploads: Uploads }) {
  const t = useT()
  if (uploads.all.length === 0) return null
  return (
    <ul aria-label={t('upload.list')} className="flex gap-2 overflow-x-auto px-1 pt-2 pb-1">
      {uploads.all.map((upload) => (
        <Item key={upload.key} upload={upload} uploads={uploads} />
      ))}
    </ul>
  )
}

function Item({ upload, uploads }: { upload: Upload; uploads: Uploads }) {
  const t = useT()
  const { file, preview, progress, done, fault } = upload
  const percent = Math.round(progress * 100)
  return (
    <li className="relative flex w-44 shrink-0 items-center gap-2 rounded-control border border-line bg-paper p-2">
      {preview ? (
        <img src={preview} alt="" className="size-10 shrink-0 rounded-sm object-cover" />
      ) : (
        <UploadIcon size={20} className="mx-2.5 shrink-0 text-ink-3" />
      )}
      <div className="min-w-0 flex-1">
        <p className="truncate pr-5 text-sm font-medium">{file.name}</p>
        {fault ? (
          <p role="alert" className="line-clamp-2 text-xs text-bad">
            {fault}
          </p>
        ) : done ? (
          <p className="num text-xs text-ink-3">{bytes(file.size)}</p>
        ) : (
          <ProgressBar
            value={percent}
            max={100}
            label={t('upload.progress', { name: file.name, percent })}
            className="mt-1.5"
          />
        )}
      </div>
      {fault && (
        <button
          type="button"
          className="reach shrink-0 text-ink-2 hover:text-ink"
          aria-label={t('upload.retry', { name: file.name })}
          onClick={() => uploads.retry(upload)}
        >
          <RetryIcon size={16} />
        </button>
      )}
      <button
        type="button"
        className="reach absolute top-1 right-1 text-ink-3 hover:text-ink"
        aria-label={t('upload.remove', { name: file.name })}
        onClick={() => uploads.remove(upload)}
      >
        <CloseIcon size={16} />
      </button>
    </li>
  )
}
