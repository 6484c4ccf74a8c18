import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'

import { ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { FeedList } from '@/components/feed/FeedList'
import { Loaded } from '@/components/Loaded'
import { NewPill } from '@/components/NewPill'
import { Page } from '@/components/Page'
import { Bone, FeedSkeleton } from '@/components/Skeleton'
import { Tabs } from '@/components/Tabs'
import { useReached } from '@/lib/hooks/scroll'
import type { Whence } from '@/lib/queries/actions'

import { Aside, NextUp } from './Aside'
import { Comments } from './Comments'
import { Compose, ComposeLine } from './Compose'
import { useNews } from './news'
import { feed, fixturesById, type Tab } from './queries'
import { useT } from './t'

const TABS: readonly Tab[] = ['following', 'clubs', 'for-you']
const SURFACES: Record<Tab, Whence['surface']> = {
  following: 'following',
  clubs: 'club',
  'for-you': 'for_you',
}
const route = getRouteApi('/house/')

/** What is new, three ways: whom I follow, my clubs, and what the hub thinks is for me. */
export function HomeScreen() {
  const t = useT()
  const { tab = 'for-you', compose = false, club } = route.useSearch()
  const navigate = route.useNavigate()
  const close = () => void navigate({ search: { tab } })
  return (
    <Page title={t('home.title')} aside={<Aside />}>
      <h1 className="sr-only">{t('home.title')}</h1>
      <Tabs
        label={t('home.tabs')}
        value={tab}
        panelId="feed"
        onChange={(next) => void navigate({ search: { tab: next } })}
        tabs={TABS.map((value) => ({ value, label: t(`home.tab.${value}`) }))}
      />
      <div id="feed" role="tabpanel">
        <ComposeLine onOpen={() => void navigate({ search: { tab, compose: true } })} />
        <NextUp />
        <Feed key={tab} tab={tab} />
      </div>
      {compose && <Compose club={club} onClose={close} />}
    </Page>
  )
}

function Feed({ tab }: { tab: Tab }) {
  const t = useT()
  const cache = useQueryClient()
  const query = useInfiniteQuery(feed(tab))
  const news = useNews(tab)
  const [talkOf, setTalkOf] = useState<string>()
  const items = useMemo(() => query.data?.pages.flatMap(({ data }) => data) ?? [], [query.data])
  const fixtureIds = items.flatMap((item) => (item.type === 'pick' ? [item.fixture_id] : []))
  const fixtures = useQuery(fixturesById(fixtureIds)).data
  const byId = useMemo(() => new Map(fixtures?.map((fixture) => [fixture.id, fixture])), [fixtures])
  const more = useReached<HTMLDivElement>(
    () => void query.fetchNextPage(),
    query.hasNextPage && !query.isFetchingNextPage,
  )

  const showNew = () => {
    news.clear()
    scrollTo({ top: 0, behavior: 'instant' })
    // Only the first page is asked for: an endless list must not be fetched whole to show what is new.
    cache.setQueryData(
      feed(tab).queryKey,
      (before) => before && { pages: before.pages.slice(0, 1), pageParams: before.pageParams.slice(0, 1) },
    )
    void query.refetch()
  }

  const degraded = query.data?.pages[0]?.degraded
  return (
    <>
      <NewPill
        count={news.count}
        onShow={showNew}
        words={tab === 'for-you' ? t('home.newForYou') : t('home.new', { n: news.count })}
      />
      <Loaded
        query={{ ...query, data: query.data && items }}
        skeleton={<FeedSkeleton />}
        empty={
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
        }
      >
        {(shown) => (
          <>
            {degraded && (
              <p role="status" className="mt-4 rounded-control bg-sunken px-4 py-2.5 text-sm text-ink-2">
                <b className="font-semibold text-ink">{t('home.degraded')}.</b> {degraded}
              </p>
            )}
            <FeedList
              items={shown}
              surface={SURFACES[tab]}
              fixtures={byId}
              onComments={setTalkOf}
              label={t('home.feed')}
            />
            <div ref={more} className="py-6 text-center text-sm text-ink-3">
              {query.hasNextPage ? <Bone className="mx-auto h-4 w-40" /> : t('home.end')}
            </div>
          </>
        )}
      </Loaded>
      {talkOf && <Comments postId={talkOf} onClose={() => setTalkOf(undefined)} />}
    </>
  )
}
