import { asProblem } from '@/lib/api'
import { sendForm } from '@/lib/api/send-form'
import type { Attachment } from '@/lib/chat/wire'
import { session, useMember } from '@/lib/session'
import { createStore, useStore } from '@/lib/store'
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

const NONE: readonly Upload[] = []
/** By member, room and thread. */
const chosen = createStore<ReadonlyMap<string, readonly Upload[]>>(new Map())
const running = new Map<string, () => void>()

function change(place: string, how: (before: readonly Upload[]) => readonly Upload[]) {
  if (chosen.get().size === 0) forgetWithSession()
  chosen.set((before) => new Map(before).set(place, how(before.get(place) ?? NONE)))
}

function forgetWithSession() {
  const unfollow = session.state.subscribe(() => {
    if (session.state.get().status !== 'anonymous') return
    unfollow()
    running.forEach((stop) => stop())
    chosen.get().forEach((uploads) => uploads.forEach(forget))
    chosen.set(new Map())
  })
}

/**
 * Files chosen for a message: each goes up by itself, can be stopped, tried again and taken out. They wait for her as the
 * words do, wherever she goes, but only while the app is open and she is signed in.
 */
export function useUploads(roomId: string, thread: string | undefined, withdraw: (id: string) => void) {
  const place = `${useMember().id}:${roomId}:${thread ?? ''}`
  const all = useStore(chosen).get(place) ?? NONE
  const patch = (key: string, what: Partial<Upload>) =>
    change(place, (before) => before.map((one) => (one.key === key ? { ...one, ...what } : one)))

  const start = (upload: Upload) => {
    patch(upload.key, { fault: undefined, progress: 0 })
    const { done, stop } = sendForm<Attachment>(
      pathOf(roomId),
      () => formOf(upload.file),
      upload.key,
      (progress) => patch(upload.key, { progress }),
    )
    running.set(upload.key, stop)
    done
      .then((attachment) => patch(upload.key, { done: attachment, progress: 1 }))
      .catch((reason: unknown) => {
        if (reason instanceof DOMException) return
        patch(upload.key, { fault: asProblem(reason).message })
      })
      .finally(() => running.delete(upload.key))
  }

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
      change(place, (before) => [...before, ...fresh])
      fresh.forEach(start)
    },
    retry: start,
    describe: (upload: Upload, alt: string) => patch(upload.key, { alt }),
    remove(upload: Upload) {
      running.get(upload.key)?.()
      forget(upload)
      if (upload.done) withdraw(upload.done.id)
      change(place, (before) => before.filter(({ key }) => key !== upload.key))
    },
    /** They are in a message now. */
    clear() {
      all.forEach(forget)
      change(place, () => NONE)
    },
  }
}

const forget = ({ preview }: Upload) => preview && URL.revokeObjectURL(preview)

export type Uploads = ReturnType<typeof useUploads>
