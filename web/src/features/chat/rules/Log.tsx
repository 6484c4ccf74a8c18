import { useInfiniteQuery } from '@tanstack/react-query'

import { Button } from '@/components/Button'
import { Loaded } from '@/components/Loaded'
import { Sheet } from '@/components/Sheet'
import { RowsSkeleton } from '@/components/Skeleton'
import type { Room } from '@/lib/queries/rooms'

import { useFaces } from '../faces'
import { useT } from '../t'
import { linesOf } from './lines'
import { LogEntry } from './LogEntry'
import { log } from './queries'

/** Who moderated what, when and why, and what was deleted. */
export function Log({ room, onClose }: { room: Room; onClose: () => void }) {
  const t = useT()
  const query = useInfiniteQuery(log(room.id))
  const lines = query.data && linesOf(query.data.pages)
  const faces = useFaces([...new Set(lines?.flatMap(({ deed }) => deed?.member_id ?? []))])
  return (
    <Sheet open wide title={t('log')} words={t('log.words')} onClose={onClose}>
      <Loaded
        query={{ ...query, data: lines }}
        skeleton={<RowsSkeleton rows={4} />}
        empty={<p className="py-4 text-ink-2">{t('log.empty')}</p>}
      >
        {(all) => (
          <ol className="divide-y divide-line">
            {all.map((line) => (
              <LogEntry key={line.id} room={room} line={line} faces={faces} />
            ))}
          </ol>
        )}
      </Loaded>
      {query.hasNextPage && (
        <Button className="mt-3" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('log.older')}
        </Button>
      )}
    </Sheet>
  )
}
