import { useStore } from '@/lib/store'

import { createSession, type Session, type SessionMember } from './session'

export type { Session, SessionMember, SessionState } from './session'

/** The readable cookie whose value proves, as a header, that the request came from our own page. */
export function csrfCookie(cookies: string = document.cookie): string | undefined {
  const found = /(?:^|;\s*)(?:__Host-)?csrf=([^;]*)/.exec(cookies)
  return found?.[1] ? decodeURIComponent(found[1]) : undefined
}

/** One tab at a time, where the browser can promise that. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work()
  return (await navigator.locks.request('session-refresh', () => work())) as T
}

export const session: Session = createSession({
  fetch: (input, init) => fetch(input, init),
  csrf: () => csrfCookie(),
  now: () => Date.now(),
  alone,
  remembered: localStorage,
})

export function useSession() {
  return useStore(session.state)
}

/** The signed-in member. Only for screens behind the door: throws where nobody is signed in. */
export function useMember(): SessionMember {
  const state = useSession()
  if (state.status !== 'member') throw new Error('This screen needs a signed-in member.')
  return state.member
}
