import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import { Button, ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { CheckIcon } from '@/components/icons'
import { Loaded } from '@/components/Loaded'
import { Page, PageHeader } from '@/components/Page'
import { Segmented } from '@/components/Segmented'
import { Bone, RowsSkeleton } from '@/components/Skeleton'
import { useNow } from '@/lib/clock'
import { useReached } from '@/lib/hooks/scroll'
import { me } from '@/lib/queries/me'

import { byStretch } from './days'
import { Entry } from './Entry'
import { notifications, useRead, useSeen, type Notification } from './queries'
import { useT } from './t'

/** What reached me, newest first. Looking at it takes the badge away; opening takes the dot. */
export function NotificationsScreen() {
  const t = useT()
  const [filter, setFilter] = useState<'all' | 'unread'>('all')
  const read = useRead()
  const unread = useQuery({ ...me, select: (data) => data.unread_notifications }).data ?? 0
  return (
    <Page title={t('notifications.title')}>
      <PageHeader
        title={t('notifications.title')}
        className="mb-3"
        actions={
          unread > 0 && (
            <Button size="sm" icon={CheckIcon} onClick={() => read.mutate('all')}>
              {t('markAll')}
            </Button>
          )
        }
      />
      <Segmented
        label={t('filter')}
        value={filter}
        onChange={setFilter}
        options={[
          { value: 'all', label: t('all') },
          {
            value: 'unread',
            label: (
              <span className="num">
                {t('unread')} {unread > 0 && unread}
              </span>
            ),
          },
        ]}
      />
      <List
        unreadOnly={filter === 'unread'}
        onAll={() => setFilter('all')}
        onRead={(id) => read.mutate(id)}
      />
    </Page>
  )
}

interface ListProps {
  unreadOnly: boolean
  onAll: () => void
  onRead: (id: string) => void
}

function List({ unreadOnly, onAll, onRead }: ListProps) {
  const t = useT()
  const query = useInfiniteQuery(notifications(unreadOnly))
  const list = query.data?.pages.flatMap(({ data }) => data)
  useSeenOnce(list)
  return (
    <Loaded
      query={{ ...query, data: list }}
      skeleton={<RowsSkeleton rows={6} />}
      empty={unreadOnly ? <NothingUnread onAll={onAll} /> : <Nothing />}
    >
      {(shown) => (
        <>
          <Stretches list={shown} onRead={onRead} />
          <More query={query} words={t('end')} />
        </>
      )}
    </Loaded>
  )
}

/** Tells the hub once for every time something new stands here. */
function useSeenOnce(list: readonly Notification[] | undefined) {
  const { mutate } = useSeen()
  const newest = list?.find(({ seen }) => !seen)?.at
  useEffect(() => {
    if (newest) mutate()
  }, [newest, mutate])
}

function Stretches({ list, onRead }: { list: readonly Notification[]; onRead: (id: string) => void }) {
  const t = useT()
  const now = useNow()
  return byStretch(list, now).map(({ day, list: entries }) => (
    <section key={day} className="mt-6">
      <h2 className="mb-1 text-sm font-semibold tracking-normal text-ink-3">{t(`day.${day}`)}</h2>
      <ul className="flex flex-col gap-1">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} now={now} onRead={onRead} />
        ))}
      </ul>
    </section>
  ))
}

interface MoreProps {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
  words: string
}

function More({ query, words }: MoreProps) {
  const more = useReached<HTMLDivElement>(
    () => void query.fetchNextPage(),
    query.hasNextPage && !query.isFetchingNextPage,
  )
  return (
    <div ref={more} className="py-6 text-center text-sm text-ink-3">
      {query.hasNextPage ? <Bone className="mx-auto h-4 w-40" /> : words}
    </div>
  )
}

function Nothing() {
  const t = useT()
  return (
    <EmptyState
      drawing="bell"
      title={t('notifications.empty')}
      words={t('notifications.empty.words')}
      action={
        <ButtonLink to="/calendar" tone="ink">
          {t('notifications.empty.action')}
        </ButtonLink>
      }
    />
  )
}

function NothingUnread({ onAll }: { onAll: () => void }) {
  const t = useT()
  return (
    <EmptyState
      drawing="bell"
      title={t('unread.empty')}
      words={t('unread.empty.words')}
      action={<Button onClick={onAll}>{t('unread.empty.action')}</Button>}
    />
  )
}
