import { pickView } from '@/components/feed/pick-view'
import type { PickView } from '@/components/PickRow'
import { daysBetween, type Instant } from '@/lib/format'

import type { Fixture } from './queries'

/** How one match of the round stands for the member: what the strip of pips draws. */
export type Pip = 'right' | 'missed' | 'called' | 'open' | 'skipped' | 'void'

export function pipOf(fixture: Fixture, now: number): Pip {
  const { state } = pickView(fixture, now)
  if (state === 'void') return 'void'
  if (fixture.my_pick) return state === 'won' ? 'right' : state === 'lost' ? 'missed' : 'called'
  return state === 'open' ? 'open' : 'skipped'
}

export interface Standing {
  pips: readonly { id: string; pip: Pip }[]
  called: number
  open: number
  right: number
  points: number
  /** When the next match that can still be called locks. */
  nextLock: Instant | undefined
}

/** A round in figures. Matches without a date of their own lock when their day begins. */
export function standingOf(fixtures: readonly Fixture[], now: number): Standing {
  const pips = fixtures.map((fixture) => ({ id: fixture.id, pip: pipOf(fixture, now) }))
  const count = (...kinds: Pip[]) => pips.filter(({ pip }) => kinds.includes(pip)).length
  const locks = fixtures
    .filter((fixture) => pickView(fixture, now).state === 'open')
    .map(({ lock_at: at }) => at)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
  return {
    pips,
    called: count('right', 'missed', 'called'),
    open: count('open'),
    right: count('right'),
    points: fixtures.reduce((sum, { my_pick: mine }) => sum + (mine?.points ?? 0), 0),
    nextLock: locks[0],
  }
}

/** Matches of one calendar day together, in the order they come in. */
export function byDay(fixtures: readonly Fixture[], zone?: string): Fixture[][] {
  const days: Fixture[][] = []
  for (const fixture of fixtures) {
    const last = days.at(-1)?.[0]
    if (last && daysBetween(last.kickoff_at, fixture.kickoff_at, zone) === 0) days.at(-1)?.push(fixture)
    else days.push([fixture])
  }
  return days
}

const HALF_AND_BREAK_MS = 150 * 60_000

/** After the last whistle and before the result: the row would otherwise say "Playing" for hours. */
export function isAwaitingResult(view: PickView, now: number): boolean {
  return view.state === 'live' && now - new Date(view.kick_off).getTime() > HALF_AND_BREAK_MS
}

/** "14" of "Matchday 14", for the rail; the whole name where there is no number. */
export function shortRound(name: string): string {
  return /\d+/.exec(name)?.[0] ?? name
}
