import { csrfCookie, session } from '@/lib/session'

import { asProblem, Problem, type ProblemBody } from './problem'

export interface Sending<T> {
  done: Promise<T>
  stop: () => void
}

/**
 * Posts a form with a file in it; `onProgress` hears 0…1. fetch cannot tell how much of a body has gone out, so this is
 * XMLHttpRequest. Rejects with a Problem, or with an AbortError when it was stopped.
 */
export function sendForm<T>(
  path: string,
  formOf: () => FormData,
  key: string,
  onProgress: (share: number) => void,
): Sending<T> {
  const request = new XMLHttpRequest()
  const done = new Promise<T>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onload = () => {
      const body = read(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve(body as T)
      else reject(new Problem({ ...(body as ProblemBody), status: request.status }))
    }
    request.onerror = () => reject(Problem.offline())
    request.onabort = () => reject(new DOMException('Stopped', 'AbortError'))
    session
      .freshToken()
      .then((token) => {
        request.open('POST', path)
        if (token) request.setRequestHeader('Authorization', `Bearer ${token}`)
        const csrf = csrfCookie()
        if (csrf) request.setRequestHeader('X-CSRF-Token', csrf)
        request.setRequestHeader('Idempotency-Key', key)
        request.send(formOf())
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
