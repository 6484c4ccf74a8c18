import { ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { Page, PageHeader } from '@/components/Page'

import { useT } from './t'

export function EventScreen() {
  const t = useT()
  return (
    <Page title={t('event.title')}>
      <PageHeader title={t('event.title')} />
      <EmptyState
        drawing="calendar"
        title={t('event.empty')}
        words={t('event.empty.words')}
        action={
          <ButtonLink to="/calendar" tone="ink">
            {t('event.empty.action')}
          </ButtonLink>
        }
      />
    </Page>
  )
}
