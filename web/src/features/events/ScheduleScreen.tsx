import { ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { Page, PageHeader } from '@/components/Page'

import { useT } from './t'

export function ScheduleScreen() {
  const t = useT()
  return (
    <Page title={t('schedule.title')}>
      <PageHeader title={t('schedule.title')} />
      <EmptyState
        drawing="calendar"
        title={t('schedule.empty')}
        words={t('schedule.empty.words')}
        action={
          <ButtonLink to="/calendar" tone="ink">
            {t('schedule.empty.action')}
          </ButtonLink>
        }
      />
    </Page>
  )
}
