import { useEffect, useRef, useState } from 'react'

import { asProblem } from '@/lib/api'
import { sendForm } from '@/lib/api/send-form'
import type { Attachment } from '@/lib/chat/wire'
import { uuidv7 } from '@/lib/uuid'

export const MOST_FILES = 10

export interface Upload {
  /** Its idempotency key too: a second try of the same file is the same upload. */
  key: string
  file: File
  /** A picture as the device has it, to be seen at once. */
  preview?: string
  progress: number
  done?: Attachment
  fault?: string
}

const pathOf = (roomId: string) => `/api/v1/rooms/${encodeURIComponent(roomId)}/attachments`

const formOf = (file: File) => {
  const form = new FormData()
  form.set('file', file)
  return form
}

/** Files chosen for a message: each goes up by itself, can be stopped, tried again and taken out. */
export function useUploads(roomId: string, withdraw: (id: string) => void) {
  const [all, setAll] = useState<readonly Upload[]>([])
  const running = useRef(new Map<string, () => void>())
  const patch = (key: string, change: Partial<Upload>) =>
    setAll((before) => before.map((one) => (one.key === key ? { ...one, ...change } : one)))

  const start = (upload: Upload) => {
    patch(upload.key, { fault: undefined, progress: 0 })
    const { done, stop } = sendForm<Attachment>(
      pathOf(roomId),
      () => formOf(upload.file),
      upload.key,
      (progress) => patch(upload.key, { progress }),
    )
    running.current.set(upload.key, stop)
    done
      .then((attachment) => patch(upload.key, { done: attachment, progress: 1 }))
      .catch((reason: unknown) => {
        if (reason instanceof DOMException) return
        patch(upload.key, { fault: asProblem(reason).message })
      })
      .finally(() => running.current.delete(upload.key))
  }

  useEffect(() => {
    const stops = running.current
    return () => stops.forEach((stop) => stop())
  }, [])

  return {
    all,
    isReady: all.every(({ done }) => done),
    add(files: Iterable<File>) {
      const fresh = [...files].slice(0, MOST_FILES - all.length).map((file) => ({
        key: uuidv7(),
        file,
        preview: file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined,
        progress: 0,
      }))
      setAll((before) => [...before, ...fresh])
      fresh.forEach(start)
    },
    retry: start,
    remove(upload: Upload) {
      running.current.get(upload.key)?.()
      if (upload.preview) URL.revokeObjectURL(upload.preview)
      if (upload.done) withdraw(upload.done.id)
      setAll((before) => before.filter(({ key }) => key !== upload.key))
    },
    /** They are in a message now. */
    clear: () => setAll([]),
  }
}

export type Uploads = ReturnType<typeof useUploads>
