import type { ErrorComponentProps } from '@tanstack/react-router'

import { ButtonLink } from '@/components/Button'
import { EmptyState, ErrorState } from '@/components/EmptyState'
import { Page } from '@/components/Page'
import { FeedSkeleton, Loading } from '@/components/Skeleton'

import { useT } from './t'

/** While a screen's code is on its way. */
export function Waiting() {
  return (
    <Page title="">
      <Loading>
        <FeedSkeleton />
      </Loading>
    </Page>
  )
}

/** A screen broke. A chunk that is gone after a new release is fetched by loading the page again. */
export function Stumbled({ error, reset }: ErrorComponentProps) {
  const t = useT()
  const isOldRelease = /dynamically imported module|Importing a module script failed/i.test(String(error))
  return (
    <Page title={t('stumbled')}>
      <ErrorState error={error} onRetry={isOldRelease ? () => location.reload() : reset} />
    </Page>
  )
}

export function Lost() {
  const t = useT()
  return (
    <Page title={t('lost.title')} width="wide">
      <EmptyState
        level="h1"
        className="pt-[12vh]"
        drawing="door"
        title={t('lost.title')}
        words={t('lost.words')}
        action={
          <ButtonLink to="/" tone="ink">
            {t('lost.home')}
          </ButtonLink>
        }
      />
    </Page>
  )
}
