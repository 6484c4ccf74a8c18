import { EmptyState } from '@/components/EmptyState'
import { Page, PageHeader } from '@/components/Page'

import { useT } from './t'

export function SettingsScreen() {
  const t = useT()
  return (
    <Page title={t('settings.title')}>
      <PageHeader title={t('settings.title')} />
      <EmptyState drawing="door" title={t('settings.empty')} words={t('settings.empty.words')} />
    </Page>
  )
}
