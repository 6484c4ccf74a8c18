import { Loading, RowsSkeleton } from '@/components/Skeleton'

/** The bones of a talk. */
export function Bones({ rows = 8 }: { rows?: number }) {
  return (
    <div className="min-h-0 flex-1 overflow-hidden px-3 py-4 md:px-7">
      <Loading>
        <RowsSkeleton rows={rows} />
      </Loading>
    </div>
  )
}
