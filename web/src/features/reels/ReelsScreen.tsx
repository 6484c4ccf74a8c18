import { ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { Page, PageHeader } from '@/components/Page'

import { useT } from './t'

export function ReelsScreen() {
  const t = useT()
  return (
    <Page title={t('reels.title')}>
      <PageHeader title={t('reels.title')} />
      <EmptyState
        drawing="reel"
        title={t('reels.empty')}
        words={t('reels.empty.words')}
        action={
          <ButtonLink to="/clubs" tone="ink">
            {t('reels.empty.action')}
          </ButtonLink>
        }
      />
    </Page>
  )
}
