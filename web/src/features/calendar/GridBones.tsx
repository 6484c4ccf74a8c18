import { Bone } from '@/components/Skeleton'

/** A month before its dates come. */
export function GridBones() {
  return (
    <div>
      <Bone className="mb-4 h-7 w-48" />
      <div className="grid grid-cols-7 gap-px overflow-hidden rounded-card border border-line bg-line">
        {Array.from({ length: 35 }, (_, day) => (
          <div key={day} className="h-24 bg-surface p-2">
            <Bone className="h-3.5 w-5" />
            {day % 3 === 1 && <Bone className="mt-3 h-5 w-full" />}
          </div>
        ))}
      </div>
    </div>
  )
}
