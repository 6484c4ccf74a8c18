import { Problem, readProblem } from '@/lib/api/problem'
import { createStore, type Store } from '@/lib/store'

export interface SessionMember {
  id: string
  handle: string
  name: string
  email?: string
  is_admin?: boolean
  avatar_url?: string | null
  hue?: number | null
}

export type SessionState =
  | { status: 'opening' }
  | { status: 'anonymous' }
  /** `stale` when the hub could not be reached: the member is remembered, nothing can be sent yet. */
  | { status: 'member'; member: SessionMember; stale: boolean }

interface Grant {
  access_token: string
  expires_in: number
  member: SessionMember
}

export interface SessionNeeds {
  fetch: (input: string, init: RequestInit) => Promise<Response>
  csrf: () => string | undefined
  now: () => number
  /** Runs one caller at a time over all tabs: two tabs must not spend the same refresh token. */
  alone: <T>(work: () => Promise<T>) => Promise<T>
  remembered: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
}

export interface Session {
  state: Store<SessionState>
  token: () => string | undefined
  /** A token that holds for at least `seconds`, refreshed when needed; undefined when nobody is signed in. */
  freshToken: (seconds?: number) => Promise<string | undefined>
  /** Seconds for which the token still holds. */
  holdsFor: () => number
  /** Asks for a new token once, however many callers wait. False when the session is over. Throws when offline. */
  refresh: () => Promise<boolean>
  /** Settles the state at start: a member, a remembered member without a network, or nobody. */
  open: () => Promise<SessionState>
  /** Comes in with what the way in asks for: an address and a password, or the token of the first letter. */
  enter: (by: 'sign-in' | 'verify', proof: Record<string, unknown>) => Promise<SessionMember>
  signOut: () => Promise<void>
  /** The session was ended elsewhere: forget it here. */
  forget: () => void
  rename: (change: Partial<SessionMember>) => void
}

const KEY = 'member'

export function createSession(needs: SessionNeeds): Session {
  const state = createStore<SessionState>({ status: 'opening' })
  let token: string | undefined
  let expiresAt = 0
  let pending: Promise<boolean> | undefined

  const post = async (path: string, body?: unknown): Promise<Response> => {
    const headers: Record<string, string> = { 'Content-Type': 'application/json' }
    const csrf = needs.csrf()
    if (csrf) headers['X-CSRF-Token'] = csrf
    const init: RequestInit = { method: 'POST', credentials: 'same-origin', headers }
    if (body !== undefined) init.body = JSON.stringify(body)
    try {
      return await needs.fetch(`/api/v1/auth/${path}`, init)
    } catch {
      throw Problem.offline()
    }
  }

  const holdsFor = () => Math.max(0, (expiresAt - needs.now()) / 1000)

  const recall = (): SessionMember | undefined => {
    try {
      return JSON.parse(needs.remembered.getItem(KEY) ?? 'null') ?? undefined
    } catch {
      return undefined
    }
  }

  const accept = (grant: Grant) => {
    token = grant.access_token
    expiresAt = needs.now() + grant.expires_in * 1000
    // The grant knows the account; colour and face come with the profile and outlast a new token.
    const known = recall()
    const member = known?.id === grant.member.id ? { ...known, ...grant.member } : grant.member
    needs.remembered.setItem(KEY, JSON.stringify(member))
    state.set({ status: 'member', member, stale: false })
    return member
  }

  const forget = () => {
    token = undefined
    needs.remembered.removeItem(KEY)
    state.set({ status: 'anonymous' })
  }

  const refreshAlone = async () => {
    const response = await post('refresh')
    if (response.ok) {
      accept((await response.json()) as Grant)
      return true
    }
    // Only a plain no ends the session; a hub that is restarting or throttling keeps it.
    if (response.status !== 401 && response.status !== 403) throw await readProblem(response, needs.now())
    forget()
    return false
  }

  const refresh = () => {
    pending ??= needs.alone(refreshAlone).finally(() => {
      pending = undefined
    })
    return pending
  }

  return {
    state,
    refresh,
    forget,
    token: () => token,
    holdsFor,
    async freshToken(seconds = 30) {
      if (state.get().status === 'anonymous') return undefined
      if (token && holdsFor() > seconds) return token
      return (await refresh()) ? token : undefined
    },
    async open() {
      const member = recall()
      if (!needs.csrf()) forget()
      else
        await refresh().catch(() => {
          if (member) state.set({ status: 'member', member, stale: true })
          else state.set({ status: 'anonymous' })
        })
      return state.get()
    },
    async enter(by, proof) {
      const response = await post(by, proof)
      if (!response.ok) throw await readProblem(response, needs.now())
      return accept((await response.json()) as Grant)
    },
    async signOut() {
      await post('sign-out').catch(() => undefined)
      forget()
    },
    rename(change) {
      const before = state.get()
      if (before.status !== 'member') return
      const member = { ...before.member, ...change }
      needs.remembered.setItem(KEY, JSON.stringify(member))
      state.set({ ...before, member })
    },
  }
}
