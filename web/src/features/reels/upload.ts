import { asProblem, Problem, type Wire } from '@/lib/api'
import type { ProblemBody } from '@/lib/api/problem'
import { csrfCookie, session } from '@/lib/session'

export interface ReelWish {
  file: File
  clubId: string
  caption: string
  visibility: 'club' | 'public'
}

export interface Sending {
  done: Promise<Wire<'ReelAccepted'>>
  stop: () => void
}

/** Small fields first: the hub reads the form as it comes in and knows whose clip it is before the clip is there. */
export function formOf({ file, clubId, caption, visibility }: ReelWish): FormData {
  const form = new FormData()
  form.set('club_id', clubId)
  form.set('caption', caption.trim())
  form.set('visibility', visibility)
  form.set('file', file)
  return form
}

/** Sends a clip; `onProgress` hears 0…1. fetch cannot tell how much of a body has gone out, so this is XMLHttpRequest. */
export function sendReel(wish: ReelWish, key: string, onProgress: (share: number) => void): Sending {
  const request = new XMLHttpRequest()
  const done = new Promise<Wire<'ReelAccepted'>>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onload = () => {
      const body = read(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve(body as Wire<'ReelAccepted'>)
      else reject(new Problem({ ...(body as ProblemBody), status: request.status }))
    }
    request.onerror = () => reject(Problem.offline())
    request.onabort = () => reject(new DOMException('Stopped', 'AbortError'))
    session
      .freshToken()
      .then((token) => {
        request.open('POST', '/api/v1/reels')
        if (token) request.setRequestHeader('Authorization', `Bearer ${token}`)
        const csrf = csrfCookie()
        if (csrf) request.setRequestHeader('X-CSRF-Token', csrf)
        request.setRequestHeader('Idempotency-Key', key)
        request.send(formOf(wish))
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
