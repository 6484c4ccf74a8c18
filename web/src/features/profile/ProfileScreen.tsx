import { EmptyState } from '@/components/EmptyState'
import { Page, PageHeader } from '@/components/Page'

import { useT } from './t'

export function ProfileScreen() {
  const t = useT()
  return (
    <Page title={t('profile.title')}>
      <PageHeader title={t('profile.title')} />
      <EmptyState drawing="trophy" title={t('profile.empty')} words={t('profile.empty.words')} />
    </Page>
  )
}
