import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

import { IconButton } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { CloseIcon, SearchIcon } from '@/components/icons'
import { Loaded } from '@/components/Loaded'
import { Page } from '@/components/Page'
import { Bone, RowsSkeleton } from '@/components/Skeleton'
import { Tabs } from '@/components/Tabs'
import { cx } from '@/lib/cx'
import { useReached } from '@/lib/hooks/scroll'
import { useMember } from '@/lib/session'

import { useDebounced } from './debounced'
import { HitRow } from './HitRow'
import { KINDS, results, type Kind } from './queries'
import { rememberSearch } from './recent'
import { useT } from './t'

const ALL = 'all'
const route = getRouteApi('/house/search')

/** Everything that was found, by kind. The address keeps what was looked for. */
export function SearchScreen() {
  const t = useT()
  const { q = '', kind: wished } = route.useSearch()
  const kind = KINDS.find((known) => known === wished)
  const navigate = route.useNavigate()
  return (
    <Page title={q || t('search.title')}>
      <h1 className="sr-only">{t('search.title')}</h1>
      <SearchBox
        // Another search from the palette begins a new box.
        words={q}
        onSearch={(words) => void navigate({ search: { q: words || undefined, kind }, replace: true })}
      />
      {q === '' ? (
        <EmptyState drawing="search" title={t('search.empty')} words={t('search.empty.words')} />
      ) : (
        <Results
          words={q}
          kind={kind}
          onKind={(next) => void navigate({ search: { q, kind: next }, replace: true })}
        />
      )}
    </Page>
  )
}

function SearchBox({ words, onSearch }: { words: string; onSearch: (words: string) => void }) {
  const t = useT()
  const member = useMember()
  const [text, setText] = useState(words)
  const [told, setTold] = useState(words)
  if (words !== told) {
    setTold(words)
    if (words !== text.trim()) setText(words)
  }
  const settled = useDebounced(text.trim(), 250)
  useEffect(() => {
    if (settled !== words && settled === text.trim()) onSearch(settled)
    // Only what was typed leads anywhere; an address that changed by itself must not be written back.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled])
  return (
    <form
      role="search"
      className="mb-2 flex items-center gap-3 rounded-card border border-line bg-surface pr-1.5 pl-4 focus-within:border-ink"
      onSubmit={(event) => {
        event.preventDefault()
        rememberSearch(member.id, text)
        onSearch(text.trim())
      }}
    >
      <SearchIcon className="text-ink-3" />
      <input
        type="text"
        inputMode="search"
        enterKeyHint="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-label={t('label')}
        placeholder={t('label')}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        className="h-12 min-w-0 flex-1 bg-transparent text-md outline-none placeholder:text-ink-3"
      />
      {text && <IconButton icon={CloseIcon} label={t('clear')} onClick={() => setText('')} />}
    </form>
  )
}

interface ResultsProps {
  words: string
  kind: Kind | undefined
  onKind: (kind: Kind | undefined) => void
}

function Results({ words, kind, onKind }: ResultsProps) {
  const t = useT()
  const query = useInfiniteQuery(results(words, kind))
  const first = query.data?.pages[0]
  const hits = query.data?.pages.flatMap(({ data }) => data)
  const more = useReached<HTMLDivElement>(
    () => void query.fetchNextPage(),
    query.hasNextPage && !query.isFetchingNextPage,
  )
  const countOf = (each: Kind) => first?.counts[each] ?? 0
  const total = KINDS.reduce((sum, each) => sum + countOf(each), 0)
  return (
    <>
      <Tabs
        label={t('filter')}
        value={kind ?? ALL}
        panelId="results"
        onChange={(next) => onKind(KINDS.find((known) => known === next))}
        tabs={[
          { value: ALL as string, label: <Counted label={t('all')} count={first && total} /> },
          ...KINDS.filter((each) => countOf(each) > 0 || each === kind).map((each) => ({
            value: each as string,
            label: <Counted label={t(`kind.${each}`)} count={countOf(each)} />,
          })),
        ]}
      />
      <div
        id="results"
        role="tabpanel"
        aria-busy={query.isFetching}
        className={cx('transition-opacity', query.isPlaceholderData && 'opacity-60')}
      >
        <Loaded
          query={{ ...query, data: hits }}
          skeleton={<RowsSkeleton rows={6} />}
          empty={<EmptyState drawing="search" title={t('none', { words })} words={t('empty.words')} />}
        >
          {(shown) => (
            <>
              {first?.guessed && (
                <p role="status" className="mt-4 rounded-control bg-sunken px-4 py-2.5 text-sm text-ink-2">
                  {t('guessed')}
                </p>
              )}
              <p role="status" className="sr-only">
                {t('count', { n: first?.total ?? shown.length })}
              </p>
              <ul className="divide-y divide-line">
                {shown.map((hit) => (
                  <HitRow key={`${hit.kind}-${hit.id}`} hit={hit} />
                ))}
              </ul>
              <div ref={more}>{query.hasNextPage && <Bone className="mx-auto my-5 h-4 w-40" />}</div>
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}

function Counted({ label, count }: { label: string; count: number | undefined }) {
  return (
    <>
      {label}
      {count !== undefined && <span className="num ml-1.5 text-sm text-ink-3">{count}</span>}
    </>
  )
}
