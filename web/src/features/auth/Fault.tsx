import { WarnIcon } from '@/components/icons'
import type { Problem } from '@/lib/api/problem'

/** The sentence over a form when it was refused as a whole; faults of fields stand at their fields. */
export function Fault({ problem, fields }: { problem: Problem | undefined; fields: readonly string[] }) {
  const isShownAtField = problem && fields.some((field) => problem.fault(field) !== undefined)
  return (
    <div role="alert">
      {problem && !isShownAtField && (
        <p className="flex items-start gap-2.5 rounded-control border border-bad px-3 py-2.5 text-sm font-medium text-bad">
          <WarnIcon size={18} />
          {problem.message}
        </p>
      )}
    </div>
  )
}
