import type { QueryClient } from '@tanstack/react-query'

type Plain = Record<string, unknown>

/** The value with every object that `isIt` changed, wherever it stands; what does not change stays the same object. */
export function replaced<T>(
  value: T,
  isIt: (object: Plain) => boolean,
  change: (object: never) => unknown,
): T {
  if (Array.isArray(value)) {
    const items = (value as readonly unknown[]).map((item) => replaced(item, isIt, change))
    return items.some((item, index) => item !== value[index]) ? (items as T) : value
  }
  if (value === null || typeof value !== 'object') return value
  if (isIt(value as Plain)) return change(value as never) as T
  let after: Plain | undefined
  for (const [key, part] of Object.entries(value)) {
    const next = replaced<unknown>(part, isIt, change)
    if (next !== part) after = { ...(after ?? (value as Plain)), [key]: next }
  }
  return (after ?? value) as T
}

/** Changes a thing in every list and page that shows it, and answers how to put them all back. */
export function patchEverywhere<T extends Plain>(
  cache: QueryClient,
  isIt: (object: Plain) => boolean,
  change: (thing: T) => T,
): () => void {
  const before = cache.getQueriesData({}).map(([key, data]) => {
    const after = replaced(data, isIt, change as (object: never) => unknown)
    // The cache keeps equal parts of what it held, so what it holds now is read back.
    return [key, data, after === data ? data : cache.setQueryData(key, after)] as const
  })
  return () => {
    for (const [key, data, after] of before) {
      if (after !== data && cache.getQueryData(key) === after) cache.setQueryData(key, data)
      else if (after !== data) void cache.invalidateQueries({ queryKey: key })
    }
  }
}

/** Recognises a thing by its id and a field that only its kind has. */
export const thing = (id: string, field: string) => (object: Plain) => object.id === id && field in object
