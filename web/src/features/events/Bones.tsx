import { Card } from '@/components/Card'
import { Bone } from '@/components/Skeleton'

/** The event's page before it comes. */
export function Bones() {
  return (
    <div className="flex flex-col gap-6">
      <Card className="flex h-56 overflow-hidden">
        <Bone className="h-full w-22 rounded-none md:w-32" />
        <div className="flex-1 space-y-4 p-6">
          <Bone className="h-4 w-32" />
          <Bone className="h-8 w-4/5" />
          <Bone className="h-4 w-3/5" />
          <Bone className="h-4 w-2/5" />
        </div>
      </Card>
      <Card className="space-y-4 p-5">
        <Bone className="h-10 w-64 rounded-pill" />
        <Bone className="h-1.5 w-full rounded-pill" />
      </Card>
      <Bone className="h-4 w-full" />
      <Bone className="h-4 w-2/3" />
    </div>
  )
}
