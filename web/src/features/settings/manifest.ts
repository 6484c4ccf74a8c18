/** What a model's manifest says about where it comes from. It is free-form on the wire, so it is read with care. */
export interface Lineage {
  until: string | undefined
  sizes: [name: string, value: number][]
  metrics: [name: string, value: number][]
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function numbers(value: unknown): [string, number][] {
  if (!isRecord(value)) return []
  return Object.entries(value).filter((pair): pair is [string, number] => Number.isFinite(pair[1]))
}

export function lineageOf(manifest: unknown): Lineage | undefined {
  const lineage = isRecord(manifest) ? manifest.lineage : undefined
  if (!isRecord(lineage)) return undefined
  const { watermark } = lineage
  const isDate = typeof watermark === 'string' && !Number.isNaN(Date.parse(watermark))
  return {
    until: isDate ? watermark : undefined,
    sizes: numbers(lineage.sizes),
    metrics: numbers(lineage.metrics),
  }
}

/** "event_ndcg@10" as words: the model's own names, without the marks of a programmer. */
export const readable = (name: string) => name.replace(/[_.]+/g, ' ')
