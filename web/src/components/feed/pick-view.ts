import type { Wire } from '@/lib/api'

import type { Choice, PickView } from '../PickRow'

/** A fixture of the picks board as its row shows it, at a moment of the server's clock (ms). */
export function pickView(fixture: Wire<'BoardFixture'>, now: number): PickView {
  return {
    id: fixture.id,
    home: fixture.home.short || fixture.home.name,
    away: fixture.away.short || fixture.away.name,
    kick_off: fixture.kickoff_at,
    choice: fixture.my_pick?.choice ?? null,
    state: stateOf(fixture, now),
    score: fixture.score ? { home: fixture.score.home, away: fixture.score.away } : null,
    crowd: shares(fixture.crowd),
    points: fixture.my_pick?.points ?? null,
  }
}

function stateOf(fixture: Wire<'BoardFixture'>, now: number): PickView['state'] {
  if (fixture.status === 'void') return 'void'
  if (fixture.status === 'settled') {
    if (!fixture.my_pick) return 'over'
    return fixture.my_pick.choice === fixture.outcome ? 'won' : 'lost'
  }
  const isLocked = fixture.locked || Date.parse(fixture.lock_at) <= now
  if (!isLocked) return 'open'
  return Date.parse(fixture.kickoff_at) <= now ? 'live' : 'locked'
}

function shares(crowd: Wire<'Crowd'> | null | undefined): PickView['crowd'] {
  if (!crowd) return null
  const counts = countsOf(crowd)
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0)
  if (total === 0) return null
  return Object.fromEntries(Object.entries(counts).map(([choice, n]) => [choice, n / total]))
}

function countsOf(crowd: Wire<'Crowd'>): Record<Choice, number> {
  return { '1': crowd.home, X: crowd.draw, '2': crowd.away }
}
