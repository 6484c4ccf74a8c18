import { useEffect, useRef, useState } from 'react'

import { asProblem, Problem } from '@/lib/api'
import type { ProblemBody } from '@/lib/api/problem'
import type { Attachment } from '@/lib/chat/wire'
import { csrfCookie, session } from '@/lib/session'
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

interface Sending {
  done: Promise<Attachment>
  stop: () => void
}

const pathOf = (roomId: string) => `/api/v1/rooms/${encodeURIComponent(roomId)}/attachments`

/** Sends a file up; `onProgress` hears 0…1. fetch cannot tell how much of a body has gone out, so this is XMLHttpRequest. */
function send(roomId: string, { file, key }: Upload, onProgress: (share: number) => void): Sending {
  const request = new XMLHttpRequest()
  const done = new Promise<Attachment>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onload = () => {
      const body = read(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve(body as Attachment)
      else reject(new Problem({ ...(body as ProblemBody), status: request.status }))
    }
    request.onerror = () => reject(Problem.offline())
    request.onabort = () => reject(new DOMException('Stopped', 'AbortError'))
    session
      .freshToken()
      .then((token) => {
        const form = new FormData()
        form.set('file', file)
        request.open('POST', pathOf(roomId))
        if (token) request.setRequestHeader('Authorization', `Bearer ${token}`)
        const csrf = csrfCookie()
        if (csrf) request.setRequestHeader('X-CSRF-Token', csrf)
        request.setRequestHeader('Idempotency-Key', key)
        request.send(form)
      })
      .catch((reason: unknown) => reject(asProblem(reason)))
  })
  return { done, stop: () => request.abort() }
}

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/** Files chosen for a message: each goes up by itself, can be stopped, tried again and taken out. */
export function useUploads(roomId: string, withdraw: (id: string) => void) {
  const [all, setAll] = useState<readonly Upload[]>([])
  const running = useRef(new Map<string, () => void>())
  const patch = (key: string, change: Partial<Upload>) =>
    setAll((before) => before.map((one) => (one.key === key ? { ...one, ...change } : one)))

  const start = (upload: Upload) => {
    patch(upload.key, { fault: undefined, progress: 0 })
    const { done, stop } = send(roomId, upload, (progress) => patch(upload.key, { progress }))
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
