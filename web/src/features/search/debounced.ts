import { useEffect, useState } from 'react'

/** The value, once it has stood still for `ms`. An empty text counts at once. */
export function useDebounced(value: string, ms = 120): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), value === '' ? 0 : ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
