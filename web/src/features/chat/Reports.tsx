import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { Button } from '@/components/Button'
import { Loaded } from '@/components/Loaded'
import { RowsSkeleton } from '@/components/Skeleton'
import type { Wire } from '@/lib/api'
import { cx } from '@/lib/cx'
import type { Room } from '@/lib/queries/rooms'

import { call } from './call'
import { gist, useScene } from './scene'
import { useT } from './t'

export type Report = Wire<'ReportOut'>

const EVERYWHERE = 'everywhere'

const reports = (roomId?: string) =>
  queryOptions({
    queryKey: ['reports', roomId ?? EVERYWHERE],
    queryFn: async () =>
      (await call<{ data: Report[] }>('GET', '/rooms/reports', { query: { room_id: roomId } })).data,
    staleTime: 15_000,
  })

/** What members reported here, with what it said then. */
export function Reports({ room }: { room: Room }) {
  const t = useT()
  const { acts } = useScene()
  return (
    <div>
      <h4 className="pb-1 text-sm">{t('info.reports')}</h4>
      <OpenReports
        room={room}
        empty={<p className="text-sm text-ink-3">{t('info.reports.empty')}</p>}
        toIt={({ seq }) => (
          <Button size="sm" onClick={() => acts.jump(seq)}>
            {t('info.report.go')}
          </Button>
        )}
      />
    </div>
  )
}

interface OpenReportsProps {
  /** Only of this room; without it, of all that the member may settle. */
  room?: Room
  empty: ReactNode
  /** Above a report: where it was said. */
  place?: (report: Report) => ReactNode
  /** The way to where it was said, if she can go there. */
  toIt?: (report: Report) => ReactNode
}

/** What waits to be settled, newest first. */
export function OpenReports({ room, empty, place, toIt }: OpenReportsProps) {
  const query = useQuery(reports(room?.id))
  return (
    <Loaded query={query} skeleton={<RowsSkeleton rows={2} />} empty={empty}>
      {(all) => (
        <ul>
          {all.map((report) => (
            <li key={report.id} className="border-b border-line py-3 last:border-0">
              {place?.(report)}
              <Evidence report={report} isWhole={!room} />
              <div className="flex flex-wrap gap-2">
                {toIt?.(report)}
                <Settling report={report} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  )
}

/** isWhole: where she cannot go and read on. */
function Evidence({ report, isWhole }: { report: Report; isWhole: boolean }) {
  const t = useT()
  return (
    <>
      <p className="text-sm font-semibold">
        {t(`report.${report.reason}`)}
        {report.note && <span className="font-normal text-ink-2"> · {report.note}</span>}
      </p>
      <blockquote
        className={cx(
          'my-1.5 border-l-2 border-accent pl-2.5 text-sm text-ink-2',
          isWhole ? 'wrap-anywhere whitespace-pre-wrap' : 'line-clamp-4',
        )}
      >
        <span className="font-semibold">{report.author_name}</span> {saidIn(report)}
      </blockquote>
    </>
  )
}

/** All it said; of a message without words, what it brought. */
function saidIn({ evidence }: Report): string {
  const then = evidence as unknown as Parameters<typeof gist>[0]
  return then.body || gist(then)
}

function Settling({ report }: { report: Report }) {
  const t = useT()
  const cache = useQueryClient()
  const resolve = useMutation({
    mutationFn: (outcome: 'removed' | 'dismissed') => {
      const reason = t(outcome === 'removed' ? 'info.report.delete.why' : 'info.report.keep.why')
      return call('POST', `/rooms/reports/${report.id}/resolve`, { body: { outcome, reason } })
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: ['reports'] }),
  })
  return (
    <>
      <Button size="sm" busy={resolve.isPending} onClick={() => resolve.mutate('dismissed')}>
        {t('info.report.keep')}
      </Button>
      <Button size="sm" tone="bad" busy={resolve.isPending} onClick={() => resolve.mutate('removed')}>
        {t('info.report.delete')}
      </Button>
    </>
  )
}
