import { ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { Page, PageHeader } from '@/components/Page'

import { useT } from './t'

export function PicksScreen() {
  const t = useT()
  return (
    <Page title={t('picks.title')}>
      <PageHeader title={t('picks.title')} />
      <EmptyState
        drawing="trophy"
        title={t('picks.empty')}
        words={t('picks.empty.words')}
        action={
          <ButtonLink to="/leaderboard" tone="ink">
            {t('picks.empty.action')}
          </ButtonLink>
        }
      />
    </Page>
  )
}
