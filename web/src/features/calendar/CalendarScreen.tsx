import { ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { Page, PageHeader } from '@/components/Page'

import { useT } from './t'

export function CalendarScreen() {
  const t = useT()
  return (
    <Page title={t('calendar.title')}>
      <PageHeader title={t('calendar.title')} />
      <EmptyState
        drawing="calendar"
        title={t('calendar.empty')}
        words={t('calendar.empty.words')}
        action={
          <ButtonLink to="/clubs" tone="ink">
            {t('calendar.empty.action')}
          </ButtonLink>
        }
      />
    </Page>
  )
}
