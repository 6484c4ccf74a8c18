import { asProblem } from '@/lib/api/problem'

/** Every token is renewed so many seconds before it runs out, and up to twice as many, so that not all ask at once. */
const AHEAD_S = 60

export interface RenewalNeeds {
  /** A token that holds for at least `seconds`. */
  freshToken: (seconds?: number) => Promise<string | undefined>
  /** For how many seconds our token still holds, by our clock. */
  holdsFor: () => number
  /** The server refused the token: try to get another. True when there is one. */
  renewed: () => Promise<boolean>
  /** Gives a token to the open line. */
  offer: (token: string) => Promise<unknown>
}

export interface Renewal {
  /** Gives the line a token that still holds a while; once, however many ask. Rejects when that cannot be. */
  renew: () => Promise<void>
  /** Has the line's token, which is ours of this moment, renewed before it runs out. */
  ahead: () => void
  stop: () => void
}

export const hasRunOut = (reason: unknown) => asProblem(reason).is('token_expired')

/** Keeps the token of an open line from running out. */
export function createRenewal(needs: RenewalNeeds): Renewal {
  let timer: ReturnType<typeof setTimeout> | undefined
  let pending: Promise<void> | undefined

  const stop = () => clearTimeout(timer)

  const ahead = () => {
    stop()
    const holds = needs.holdsFor()
    const after = Math.max(holds - AHEAD_S * (1 + Math.random()), holds / 2)
    timer = setTimeout(() => void renew().catch(() => undefined), after * 1000)
  }

  const give = async () => {
    const token = await needs.freshToken(AHEAD_S * 2)
    if (!token) return
    await needs.offer(token)
    ahead()
  }

  const giveAnother = async (refusal: unknown) => {
    // What still holds by our clock has run out by the hub's: only a new one helps.
    if (!hasRunOut(refusal) || !(await needs.renewed())) throw refusal
    await give()
  }

  const renew = () => {
    pending ??= give()
      .catch(giveAnother)
      .finally(() => (pending = undefined))
    return pending
  }

  return { renew, ahead, stop }
}
