import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { Button } from '@/components/Button'
import { Loaded } from '@/components/Loaded'
import { RowsSkeleton } from '@/components/Skeleton'
import type { Wire } from '@/lib/api'
import type { Room } from '@/lib/queries/rooms'

import { call } from './call'
import { useScene } from './scene'
import { useT } from './t'

type Report = Wire<'ReportOut'>

const reports = (roomId: string) =>
  queryOptions({
    queryKey: ['reports', roomId],
    queryFn: async () =>
      (await call<{ data: Report[] }>('GET', '/rooms/reports', { query: { room_id: roomId } })).data,
    staleTime: 15_000,
  })

/** What members reported here, with what it said then. */
export function Reports({ room }: { room: Room }) {
  const t = useT()
  const query = useQuery(reports(room.id))
  return (
    <div>
      <h4 className="pb-1 text-sm">{t('info.reports')}</h4>
      <Loaded
        query={query}
        skeleton={<RowsSkeleton rows={2} />}
        empty={<p className="text-sm text-ink-3">{t('info.reports.empty')}</p>}
      >
        {(all) => (
          <ul>
            {all.map((report) => (
              <ReportLine key={report.id} report={report} />
            ))}
          </ul>
        )}
      </Loaded>
    </div>
  )
}

function ReportLine({ report }: { report: Report }) {
  const t = useT()
  const cache = useQueryClient()
  const { acts } = useScene()
  const resolve = useMutation({
    mutationFn: (outcome: 'removed' | 'dismissed') => {
      const reason = t(outcome === 'removed' ? 'info.report.delete.why' : 'info.report.keep.why')
      return call('POST', `/rooms/reports/${report.id}/resolve`, { body: { outcome, reason } })
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: reports(report.room).queryKey }),
  })
  const body = typeof report.evidence.body === 'string' ? report.evidence.body : ''
  return (
    <li className="border-b border-line py-3 last:border-0">
      <p className="text-sm font-semibold">
        {t(`report.${report.reason}`)}
        {report.note && <span className="font-normal text-ink-2"> · {report.note}</span>}
      </p>
      <blockquote className="my-1.5 line-clamp-4 border-l-2 border-accent pl-2.5 text-sm text-ink-2">
        <span className="font-semibold">{report.author_name}</span> {body}
      </blockquote>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => acts.jump(report.seq)}>
          {t('info.report.go')}
        </Button>
        <Button size="sm" busy={resolve.isPending} onClick={() => resolve.mutate('dismissed')}>
          {t('info.report.keep')}
        </Button>
        <Button size="sm" tone="bad" busy={resolve.isPending} onClick={() => resolve.mutate('removed')}>
          {t('info.report.delete')}
        </Button>
      </div>
    </li>
  )
}
