/** What a member saw of one reel, from when it came into view until it left. All times in ms. */
export interface Watched {
  ms_visible: number
  ms_played: number
  loops: number
}

const LEAST_MS = 400
/** A longer step between two readings is a jump of the member's, not something she watched. */
const LONGEST_STEP_S = 1.5

export function createWatch(now: () => number) {
  const since = now()
  let last: number | undefined
  let played = 0
  let loops = 0
  return {
    /** The film stands at `at` seconds of `length`. */
    reading(at: number, length: number) {
      const before = last
      last = at
      if (before === undefined) return
      const step = at - before
      if (step >= 0 && step < LONGEST_STEP_S) played += step
      // Back at the beginning from near the end: it has begun again by itself.
      else if (before > length - LONGEST_STEP_S && at < LONGEST_STEP_S) {
        loops += 1
        played += length - before + at
      }
    },
    /** She has moved to another place herself. */
    jumped() {
      last = undefined
    },
    /** The sum; undefined for what only flew by. */
    settle(): Watched | undefined {
      const visible = Math.round(now() - since)
      if (visible < LEAST_MS) return undefined
      return { ms_visible: visible, ms_played: Math.min(Math.round(played * 1000), visible), loops }
    },
  }
}
