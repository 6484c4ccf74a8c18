import { ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { Page, PageHeader } from '@/components/Page'

import { useT } from './t'

export function LeaderboardScreen() {
  const t = useT()
  return (
    <Page title={t('table.title')}>
      <PageHeader title={t('table.title')} />
      <EmptyState
        drawing="trophy"
        title={t('table.empty')}
        words={t('table.empty.words')}
        action={
          <ButtonLink to="/picks" tone="ink">
            {t('table.empty.action')}
          </ButtonLink>
        }
      />
    </Page>
  )
}
