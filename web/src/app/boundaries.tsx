import type { ErrorComponentProps } from '@tanstack/react-router'

import { ButtonLink } from '@/components/Button'
import { EmptyState, ErrorState } from '@/components/EmptyState'
import { Page } from '@/components/Page'
import { FeedSkeleton, Loading } from '@/components/Skeleton'
import { Problem } from '@/lib/api'

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

const NOT_LOADED = /dynamically imported module|Importing a module script failed|Unable to preload CSS/i

/** A screen broke. A chunk that could not be fetched, without a network or after a new release, is fetched by loading
 *  the page again. */
export function Stumbled({ error, reset }: ErrorComponentProps) {
  const t = useT()
  const isNotLoaded = NOT_LOADED.test(String(error))
  return (
    <Page title={t('stumbled')}>
      <ErrorState
        error={isNotLoaded ? Problem.offline() : error}
        onRetry={isNotLoaded ? () => location.reload() : reset}
      />
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
