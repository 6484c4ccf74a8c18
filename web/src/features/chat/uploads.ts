import { useEffect, useRef, useState } from 'react'

import { asProblem } from '@/lib/api'
import { sendForm } from '@/lib/api/send-form'
import type { Attachment } from '@/lib/chat/wire'
import { uuidv7 } from '@/lib/uuid'

export const MOST_FILES = 10
export const LONGEST_ALT = 500

export interface Upload {
  /** Its idempotency key too: a second try of the same file is the same upload. */
  key: string
  file: File
  /** A picture as the device has it, to be seen at once. */
  preview?: string
  /** What a picture shows, in her words. */
  alt: string
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
    hasFault: all.some(({ fault }) => fault),
    add(files: Iterable<File>) {
      const fresh = [...files].slice(0, MOST_FILES - all.length).map((file) => ({
        key: uuidv7(),
        file,
        preview: file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined,
        alt: '',
        progress: 0,
      }))
      setAll((before) => [...before, ...fresh])
      fresh.forEach(start)
    },
    retry: start,
    describe: (upload: Upload, alt: string) => patch(upload.key, { alt }),
    remove(upload: Upload) {
      running.current.get(upload.key)?.()
      forget(upload)
      if (upload.done) withdraw(upload.done.id)
      setAll((before) => before.filter(({ key }) => key !== upload.key))
    },
    /** They are in a message now. */
    clear() {
      all.forEach(forget)
      setAll([])
    },
  }
}

const forget = ({ preview }: Upload) => preview && URL.revokeObjectURL(preview)

export type Uploads = ReturnType<typeof useUploads>
