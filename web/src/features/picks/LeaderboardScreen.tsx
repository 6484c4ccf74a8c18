import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'

import { ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { Hue } from '@/components/Hue'
import { Loaded } from '@/components/Loaded'
import { Page, PageHeader } from '@/components/Page'
import { Segmented } from '@/components/Segmented'
import { Bone } from '@/components/Skeleton'
import { me } from '@/lib/queries/me'

import { useResults } from './follow'
import { MyPlace } from './MyPlace'
import { table, type Period } from './queries'
import { Standings } from './Standings'
import { useT } from './t'
import { Ties } from './Ties'

const PERIODS: readonly Period[] = ['week', 'month', 'season']
const HUB = 'hub'
const route = getRouteApi('/house/leaderboard')

/** Who calls matches best: in my club or on the whole hub, this week, this month, this season. */
export function LeaderboardScreen() {
  const t = useT()
  const { club: wished, period = 'month' } = route.useSearch()
  const navigate = route.useNavigate()
  const clubs = useQuery(me).data?.clubs ?? []
  const club = clubs.find(({ id, slug }) => id === wished || slug === wished)
  useResults()
  const choose = (search: { club?: string; period?: Period }) =>
    void navigate({ search: { club: club?.slug, period, ...search }, replace: true })
  return (
    <Page title={t('table.title')} aside={<Ties clubId={club?.id} period={period} />}>
      <PageHeader
        title={t('table.title')}
        className="mb-4"
        actions={
          <ButtonLink to="/picks" size="sm">
            {t('picks.title')}
          </ButtonLink>
        }
      />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Segmented
          look="pills"
          label={t('table.clubs')}
          value={club?.slug ?? HUB}
          onChange={(next) => choose({ club: next === HUB ? undefined : next })}
          options={[
            { value: HUB, label: t('table.hub') },
            ...clubs.map(({ slug, name }) => ({ value: slug, label: name })),
          ]}
          className="min-w-0 max-w-full"
        />
        <Segmented
          label={t('table.period')}
          value={period}
          onChange={(next) => choose({ period: next })}
          options={PERIODS.map((value) => ({ value, label: t(`table.period.${value}`) }))}
        />
      </div>
      <Hue value={club?.hue}>
        <Table key={`${club?.id ?? HUB} ${period}`} clubId={club?.id} period={period} />
      </Hue>
      {/* The side column is not there on a narrow page. */}
      <div className="mt-8 xl:hidden">
        <Ties clubId={club?.id} period={period} />
      </div>
    </Page>
  )
}

function Table({ clubId, period }: { clubId: string | undefined; period: Period }) {
  const t = useT()
  const query = useInfiniteQuery(table(clubId, period))
  const rows = query.data?.pages.flatMap(({ data }) => data)
  const first = query.data?.pages[0]
  return (
    <Loaded
      query={{ ...query, data: rows }}
      skeleton={<TableBones />}
      empty={
        <EmptyState
          drawing="trophy"
          title={t('table.empty')}
          words={t('table.empty.words')}
          action={
            <ButtonLink to="/picks" tone="ink">
              {t('table.empty.action')}
            </ButtonLink>
          }
        />
      }
    >
      {(shown) => (
        <>
          {first && <MyPlace board={first} rows={shown} />}
          <Standings
            rows={shown}
            me={first?.me ?? null}
            ranked={first?.ranked ?? shown.length}
            hasMore={query.hasNextPage}
            onMore={() => void (query.isFetchingNextPage || query.fetchNextPage())}
          />
        </>
      )}
    </Loaded>
  )
}

function TableBones() {
  return (
    <div className="mt-5 flex flex-col gap-3">
      <Bone className="mb-2 h-34 w-full rounded-card" />
      {Array.from({ length: 8 }, (_, row) => (
        <Bone key={row} className="h-10 w-full" />
      ))}
    </div>
  )
}
