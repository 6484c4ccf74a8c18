import { EmptyState } from '@/components/EmptyState'
import { Page, PageHeader } from '@/components/Page'
import { RelativeTime } from '@/components/Time'
import { useMember } from '@/lib/session'

import { OpenReports, type Report } from './Reports'
import { useT } from './t'

/** What was reported in talks that have no moderators, for those who run the hub; and what else they may settle. */
export function ReportedScreen() {
  const t = useT()
  const { is_admin: isOperator } = useMember()
  if (!isOperator)
    return (
      <Page title={t('reported.title')}>
        <EmptyState
          level="h1"
          drawing="door"
          title={t('reported.closed')}
          words={t('reported.closed.words')}
        />
      </Page>
    )
  return (
    <Page title={t('reported.title')}>
      <PageHeader title={t('reported.title')} className="mb-2" />
      <p className="mb-3 max-w-prose text-ink-2">{t('reported.words')}</p>
      <OpenReports
        empty={<EmptyState drawing="board" title={t('reported.empty')} words={t('reported.empty.words')} />}
        place={(report) => <Place report={report} />}
      />
    </Page>
  )
}

function Place({ report }: { report: Report }) {
  const t = useT()
  return (
    <p className="num flex flex-wrap gap-x-2 pb-0.5 text-sm text-ink-3">
      <span>{report.room_title || t('reported.talk')}</span>
      <RelativeTime at={report.at} />
    </p>
  )
}
