import type { ServerClock } from '@/lib/clock'
import type { Session } from '@/lib/session'

import { Problem, readProblem } from './problem'

export interface FetchNeeds {
  session: Pick<Session, 'token' | 'freshToken' | 'refresh' | 'state'>
  csrf: () => string | undefined
  fetch: (request: Request) => Promise<Response>
  clock: Pick<ServerClock, 'observeHeader'>
  now: () => number
}

const isSafe = (method: string) => ['GET', 'HEAD', 'OPTIONS'].includes(method)

/**
 * A fetch that signs requests, refreshes once on 401 and repeats, and throws a Problem for every answer that is not ok.
 * A 304 passes: it answers a conditional read.
 */
export function createAuthorisedFetch(needs: FetchNeeds) {
  const sign = (request: Request, token: string | undefined) => {
    const signed = new Request(request)
    if (token) signed.headers.set('Authorization', `Bearer ${token}`)
    const csrf = needs.csrf()
    if (csrf && !isSafe(request.method)) signed.headers.set('X-CSRF-Token', csrf)
    return signed
  }

  const send = async (request: Request, token: string | undefined) => {
    const sent = needs.now()
    const response = await needs.fetch(sign(request, token)).catch((reason: unknown) => {
      if (reason instanceof DOMException && reason.name === 'AbortError') throw reason
      throw Problem.offline()
    })
    needs.clock.observeHeader(response.headers.get('Date'), sent, needs.now())
    return response
  }

  return async (request: Request): Promise<Response> => {
    const spare = request.clone()
    const token = await needs.session.freshToken()
    let response = await send(request, token)
    if (response.status === 401 && token) {
      const isNewer = needs.session.token() !== token
      if (isNewer || (await needs.session.refresh())) response = await send(spare, needs.session.token())
    }
    if (response.ok || response.status === 304) return response
    throw await readProblem(response, needs.now())
  }
}
