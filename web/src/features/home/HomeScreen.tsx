import { ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { Page, PageHeader } from '@/components/Page'

import { useT } from './t'

export function HomeScreen() {
  const t = useT()
  return (
    <Page title={t('home.title')}>
      <PageHeader title={t('home.title')} />
      <EmptyState
        drawing="board"
        title={t('home.empty')}
        words={t('home.empty.words')}
        action={
          <ButtonLink to="/clubs" tone="ink">
            {t('home.empty.action')}
          </ButtonLink>
        }
      />
    </Page>
  )
}
