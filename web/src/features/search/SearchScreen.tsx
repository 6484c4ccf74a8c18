import { EmptyState } from '@/components/EmptyState'
import { Page, PageHeader } from '@/components/Page'

import { useT } from './t'

export function SearchScreen() {
  const t = useT()
  return (
    <Page title={t('search.title')}>
      <PageHeader title={t('search.title')} />
      <EmptyState drawing="search" title={t('search.empty')} words={t('search.empty.words')} />
    </Page>
  )
}
