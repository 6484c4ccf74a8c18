import { ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { Page, PageHeader } from '@/components/Page'

import { useT } from './t'

export function ClubScreen() {
  const t = useT()
  return (
    <Page title={t('club.title')}>
      <PageHeader title={t('club.title')} />
      <EmptyState
        drawing="pitch"
        title={t('club.empty')}
        words={t('club.empty.words')}
        action={
          <ButtonLink to="/clubs" tone="ink">
            {t('club.empty.action')}
          </ButtonLink>
        }
      />
    </Page>
  )
}
