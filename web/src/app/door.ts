import { redirect } from '@tanstack/react-router'

import { session, type SessionState } from '@/lib/session'

/** Waits until it is known whether somebody is signed in. */
export function settled(): Promise<SessionState> {
  const { state } = session
  if (state.get().status !== 'opening') return Promise.resolve(state.get())
  return new Promise((resolve) => {
    const leave = state.subscribe(() => {
      if (state.get().status === 'opening') return
      leave()
      resolve(state.get())
    })
  })
}

/** A place of our own to go to after signing in; never an address elsewhere. */
export function safeNext(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/') || /^\/[/\\]/.test(next)) return '/'
  return next
}

/** In front of the screens of members. */
export async function membersOnly({ location }: { location: { href: string } }) {
  if ((await settled()).status === 'member') return
  const next = safeNext(location.href)
  throw redirect({ to: '/sign-in', search: next === '/' ? {} : { next } })
}

/** In front of the door pages: a member is already in. */
export async function strangersOnly({ search }: { search: { next?: string } }) {
  if ((await settled()).status === 'member') throw redirect({ to: safeNext(search.next) })
}
