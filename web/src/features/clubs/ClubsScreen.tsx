import { EmptyState } from '@/components/EmptyState'
import { Page, PageHeader } from '@/components/Page'

import { useT } from './t'

export function ClubsScreen() {
  const t = useT()
  return (
    <Page title={t('clubs.title')}>
      <PageHeader title={t('clubs.title')} />
      <EmptyState drawing="pitch" title={t('clubs.empty')} words={t('clubs.empty.words')} />
    </Page>
  )
}
