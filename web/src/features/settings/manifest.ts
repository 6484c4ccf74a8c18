/** What a model's manifest says about where it comes from. It is free-form on the wire, so it is read with care. */
export interface Lineage {
  /** ISO 8601: the moment up to which it knows. */
  until: string | undefined
  kinds: readonly KindLineage[]
}

export const KINDS = ['event', 'reel', 'pick'] as const

export interface KindLineage {
  kind: (typeof KINDS)[number]
  /** Acts it learned from. */
  likings: number | undefined
  /** How often what a member chose next stood among the first ten, of `tries`; with a 95 % interval. Shares, 0 to 1. */
  found: { share: number; low: number; high: number; tries: number } | undefined
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const numberIn = (value: unknown, key: string) => {
  const found = isRecord(value) ? value[key] : undefined
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}

function kindOf(kind: KindLineage['kind'], lineage: Record<string, unknown>): KindLineage {
  const metric = (name: string) => numberIn(lineage.metrics, `${kind}.${name}`)
  const [share, low, high, tries] = [metric('hit'), metric('low'), metric('high'), metric('n')]
  const isMeasured = share !== undefined && low !== undefined && high !== undefined && tries
  return {
    kind,
    likings: numberIn(lineage.sizes, `${kind}.likings`),
    found: isMeasured ? { share, low, high, tries } : undefined,
  }
}

/** The watermark is in seconds since 1970. */
function momentOf(watermark: unknown): string | undefined {
  const seconds = Number(watermark)
  return seconds > 0 && Number.isFinite(seconds) ? new Date(seconds * 1000).toISOString() : undefined
}

export function lineageOf(manifest: unknown): Lineage | undefined {
  const lineage = isRecord(manifest) ? manifest.lineage : undefined
  if (!isRecord(lineage)) return undefined
  return { until: momentOf(lineage.watermark), kinds: KINDS.map((kind) => kindOf(kind, lineage)) }
}
