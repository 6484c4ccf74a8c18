import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'

import { Badge } from '@/components/Badge'
import { Button } from '@/components/Button'
import { Crest } from '@/components/Crest'
import { EmptyState } from '@/components/EmptyState'
import { Hue } from '@/components/Hue'
import { PlusIcon, SearchIcon } from '@/components/icons'
import { Loaded } from '@/components/Loaded'
import { Page, PageHeader } from '@/components/Page'
import { TilesSkeleton } from '@/components/Skeleton'
import type { Wire } from '@/lib/api'
import { useReached } from '@/lib/hooks/scroll'

import { ClubForm } from './ClubForm'
import { Cover } from './Cover'
import { clubs } from './queries'
import { useT } from './t'

/** All clubs a member may see, the largest first. */
export function ClubsScreen() {
  const t = useT()
  const [text, setText] = useState('')
  const [isFounding, setFounding] = useState(false)
  const wanted = useDeferredValue(text.trim())
  const query = useInfiniteQuery(clubs(wanted))
  const all = query.data?.pages.flatMap(({ data }) => data)
  const more = useReached<HTMLDivElement>(
    () => void query.fetchNextPage(),
    query.hasNextPage && !query.isFetchingNextPage,
  )
  return (
    <Page title={t('clubs.title')} width="wide">
      <PageHeader
        title={t('clubs.title')}
        detail={t('clubs.words')}
        actions={
          <Button tone="ink" icon={PlusIcon} onClick={() => setFounding(true)}>
            {t('clubs.found')}
          </Button>
        }
      />
      <label className="relative mb-5 block max-w-sm">
        <SearchIcon size={18} className="absolute top-1/2 left-3.5 -translate-y-1/2 text-ink-3" />
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-label={t('clubs.search')}
          placeholder={t('clubs.search')}
          className="h-11 w-full rounded-control border border-line bg-surface pr-3 pl-10 text-md outline-none placeholder:text-ink-3 focus:border-ink-3"
        />
      </label>
      <Loaded
        query={{ ...query, data: all }}
        skeleton={<TilesSkeleton />}
        empty={
          <EmptyState
            drawing="pitch"
            title={wanted ? t('clubs.none') : t('clubs.empty')}
            words={wanted ? undefined : t('clubs.empty.words')}
          />
        }
      >
        {(shown) => (
          <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
            {shown.map((club) => (
              <ClubTile key={club.id} club={club} />
            ))}
          </ul>
        )}
      </Loaded>
      <div ref={more} />
      {isFounding && <ClubForm onClose={() => setFounding(false)} />}
    </Page>
  )
}

function ClubTile({ club }: { club: Wire<'ClubCard'> }) {
  const t = useT()
  return (
    <Hue value={club.hue} as="li">
      <Link
        to="/c/$slug"
        params={{ slug: club.slug }}
        className="group block h-full overflow-hidden rounded-card border border-line bg-surface transition-colors hover:border-ink-3"
      >
        <Cover picture={club.cover} hue={club.hue} className="h-24" />
        <div className="px-4 pb-4">
          <Crest
            name={club.name}
            hue={club.hue}
            size={52}
            className="relative -mt-7 rounded-[1.0625rem] ring-4 ring-surface"
          />
          <div className="mt-2 flex items-start justify-between gap-2">
            <h2 className="text-lg group-hover:underline">{club.name}</h2>
            {club.my_state === 'member' && <Badge tone="accent">{t('club.member')}</Badge>}
            {club.my_state === 'pending' && <Badge>{t('club.pending')}</Badge>}
          </div>
          <p className="num flex gap-1 text-sm text-ink-3">
            <span className="truncate">{[club.sport, club.place].filter(Boolean).join(' · ')}</span>
            <span className="shrink-0">· {t('club.members', { n: club.members })}</span>
          </p>
          <p className="mt-2 line-clamp-2 text-sm text-ink-2">{club.about}</p>
        </div>
      </Link>
    </Hue>
  )
}
