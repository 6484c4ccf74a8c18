import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'

import { Button } from '@/components/Button'
import { EmptyState, ErrorState } from '@/components/EmptyState'
import { UploadIcon } from '@/components/icons-more'
import { Page } from '@/components/Page'
import { Bone, Loading } from '@/components/Skeleton'
import { useStore } from '@/lib/store'

import { gone, listed, reel, reelFeed } from './queries'
import { useT } from './t'
import { Viewer } from './Viewer'

const Upload = lazy(() => import('./UploadSheet').then((module) => ({ default: module.UploadSheet })))

/** Reels from edge to edge, one after the other. It is always evening here: films want the dark. */
export function ReelsScreen() {
  const t = useT()
  const { reel: firstId, upload } = useSearch({ from: '/house/reels' })
  const navigate = useNavigate({ from: '/reels' })
  const share = (isOpen: boolean) =>
    void navigate({ search: (before) => ({ ...before, upload: isOpen || undefined }), replace: true })
  return (
    <Page title={t('reels.title')} width="full">
      <div data-theme="dark" className="relative h-full bg-sunken text-ink">
        <h1 className="sr-only">{t('reels.title')}</h1>
        <Reels key={firstId} firstId={firstId} isCovered={upload === true} onShare={() => share(true)} />
      </div>
      <Suspense>{upload && <Upload onClose={() => share(false)} />}</Suspense>
    </Page>
  )
}

interface ReelsProps {
  firstId: string | undefined
  isCovered: boolean
  onShare: () => void
}

function Reels({ firstId, isCovered, onShare }: ReelsProps) {
  const t = useT()
  const first = useQuery({ ...reel(firstId ?? ''), enabled: firstId !== undefined })
  const feed = useInfiniteQuery(reelFeed)
  const reels = listed(first.data, feed.data, useStore(gone))
  const isWaiting = firstId === undefined ? feed.isPending : first.isPending
  if (isWaiting) return <Bones />
  if (reels.length === 0 && feed.error)
    return (
      <Middle>
        <ErrorState error={feed.error} onRetry={() => void feed.refetch()} />
      </Middle>
    )
  if (reels.length === 0)
    return (
      <Middle>
        <EmptyState
          drawing="reel"
          title={t('reels.empty')}
          words={t('reels.empty.words')}
          action={
            <Button tone="ink" icon={UploadIcon} onClick={onShare}>
              {t('share')}
            </Button>
          }
        />
      </Middle>
    )
  return (
    <Viewer
      reels={reels}
      degraded={feed.data?.pages[0]?.degraded ?? undefined}
      isEnd={!feed.hasNextPage && !feed.isPending}
      isCovered={isCovered}
      onNearEnd={() => feed.hasNextPage && !feed.isFetching && void feed.fetchNextPage()}
      onShare={onShare}
    />
  )
}

function Middle({ children }: { children: React.ReactNode }) {
  return <div className="grid h-full place-items-center">{children}</div>
}

function Bones() {
  return (
    <div className="grid h-full place-items-center md:py-6">
      <Loading>
        <Bone className="aspect-9/16 h-[70dvh] rounded-card" />
      </Loading>
    </div>
  )
}
