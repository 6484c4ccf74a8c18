import { Button } from '@/components/Button'
import { DRAWINGS, type Drawing } from '@/components/drawings'
import { EmptyState, ErrorState } from '@/components/EmptyState'
import { Hue } from '@/components/Hue'
import { FeedSkeleton, Loading, RowsSkeleton, TilesSkeleton } from '@/components/Skeleton'
import { SmartImage } from '@/components/SmartImage'
import { Problem } from '@/lib/api/problem'
import { HUES } from '@/styles/hues'

export function States() {
  return (
    <div className="grid gap-6 md:grid-cols-2">
      {(Object.keys(DRAWINGS) as Drawing[]).map((drawing, place) => (
        <Hue key={drawing} value={HUES[place]}>
          <EmptyState
            drawing={drawing}
            title="No rooms yet"
            words="Each club you join brings its rooms."
            action={<Button tone="accent">Find a club</Button>}
          />
        </Hue>
      ))}
      <ErrorState error={Problem.offline()} onRetry={() => undefined} kept="Your draft is safe." />
      <ErrorState
        error={
          new Problem({
            status: 403,
            title: 'Members only',
            detail: 'Ask an admin of the club to let you in.',
          })
        }
      />
      <Loading>
        <FeedSkeleton />
      </Loading>
      <Loading>
        <RowsSkeleton />
        <TilesSkeleton tiles={3} />
      </Loading>
      <SmartImage
        src="/missing.jpg"
        alt="Under-14s in the mud"
        colour="oklch(60% 0.08 150)"
        width={640}
        height={300}
      />
    </div>
  )
}
