import type { ReactNode } from 'react'

import { cx } from '@/lib/cx'

import { Card } from './Card'
import { useT } from './t'

/** One bone. Give it the size of what comes. */
export function Bone({ className }: { className?: string }) {
  return <span className={cx('block animate-breathe rounded-sm bg-sunken dark:bg-line', className)} />
}

/** Says once that something is on its way; the bones themselves are silent. */
export function Loading({ children, label }: { children: ReactNode; label?: string }) {
  const t = useT()
  return (
    <div role="status" aria-busy="true">
      <span className="sr-only">{label ?? t('loading')}</span>
      <div aria-hidden="true">{children}</div>
    </div>
  )
}

export function EventCardSkeleton() {
  return (
    <Card className="flex overflow-hidden">
      <Bone className="h-42 w-17 rounded-none md:w-21" />
      <div className="flex-1 space-y-3 p-5">
        <Bone className="h-5 w-3/5" />
        <Bone className="h-3.5 w-2/5" />
        <Bone className="mt-6 h-1.5 w-full rounded-pill" />
        <Bone className="h-9 w-52 rounded-pill" />
      </div>
    </Card>
  )
}

export function PostSkeleton() {
  return (
    <div className="flex gap-3">
      <Bone className="size-10 rounded-pill" />
      <div className="flex-1 space-y-2.5 pt-1">
        <Bone className="h-4 w-44" />
        <Bone className="h-3.5 w-full" />
        <Bone className="h-3.5 w-4/5" />
        <Bone className="h-56 w-full rounded-card" />
      </div>
    </div>
  )
}

export function RowsSkeleton({ rows = 5 }: { rows?: number }) {
  return (
    <div className="divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex min-h-14 items-center gap-3 py-3">
          <Bone className="size-10 rounded-[0.8125rem]" />
          <div className="flex-1 space-y-2">
            <Bone className={row % 2 ? 'h-3.5 w-2/5' : 'h-3.5 w-1/3'} />
            <Bone className={row % 3 ? 'h-3 w-3/5' : 'h-3 w-1/2'} />
          </div>
        </div>
      ))}
    </div>
  )
}

export function FeedSkeleton() {
  return (
    <div className="space-y-6">
      <EventCardSkeleton />
      <hr className="border-line" />
      <PostSkeleton />
    </div>
  )
}

export function TilesSkeleton({ tiles = 6 }: { tiles?: number }) {
  return (
    <div className="grid grid-cols-2 gap-2.5 md:grid-cols-3">
      {Array.from({ length: tiles }, (_, tile) => (
        <Bone key={tile} className="aspect-9/14 w-full rounded-[0.875rem]" />
      ))}
    </div>
  )
}
