import { EmptyState } from '@/components/EmptyState'
import { Page, PageHeader } from '@/components/Page'

import { useT } from './t'

export function NotificationsScreen() {
  const t = useT()
  return (
    <Page title={t('notifications.title')}>
      <PageHeader title={t('notifications.title')} />
      <EmptyState drawing="bell" title={t('notifications.empty')} words={t('notifications.empty.words')} />
    </Page>
  )
}
