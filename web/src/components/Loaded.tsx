import type { ReactNode } from 'react'

import { ErrorState } from './EmptyState'
import { Loading } from './Skeleton'

interface QueryLike<T> {
  data: T | undefined
  error: unknown
  isPending: boolean
  refetch: () => unknown
}

interface LoadedProps<T> {
  query: QueryLike<T>
  /** The bones of what comes. */
  skeleton: ReactNode
  /** Shown instead of the children when `isEmpty(data)`. */
  empty?: ReactNode
  isEmpty?: (data: T) => boolean
  children: (data: T) => ReactNode
}

/** The states that every screen has, once: loading, error with retry, empty, and what was asked for. Data that is there
 *  stays on screen when a later refetch fails. */
export function Loaded<T>({ query, skeleton, empty, isEmpty, children }: LoadedProps<T>) {
  if (query.data !== undefined) {
    const nothing = isEmpty?.(query.data) ?? (Array.isArray(query.data) && query.data.length === 0)
    return <>{nothing && empty !== undefined ? empty : children(query.data)}</>
  }
  if (query.isPending) return <Loading>{skeleton}</Loading>
  return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
}
