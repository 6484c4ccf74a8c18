import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'

import { EmptyState } from '@/components/EmptyState'
import { SearchIcon } from '@/components/icons'
import { Loaded } from '@/components/Loaded'
import { Marked } from '@/components/Marked'
import { RowsSkeleton } from '@/components/Skeleton'
import type { Wire } from '@/lib/api'
import { deviceZone } from '@/lib/format'

import { call } from './call'
import { MessageLine } from './MessageLine'
import { useScene } from './scene'
import { useT } from './t'

const search = (roomId: string, text: string) =>
  queryOptions({
    queryKey: ['room-search', roomId, text],
    queryFn: async () => {
      const query = { q: text, room: roomId, zone: deviceZone() }
      return (await call<Wire<'FoundMessages'>>('GET', '/chat/search', { query })).data
    },
    enabled: text.trim().length > 1,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })

/** Looks for words in this room; each hit leads to its place. */
export function SearchPanel() {
  const t = useT()
  const [text, setText] = useState('')
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <label className="relative m-4 mb-2 block">
        <SearchIcon size={18} className="absolute top-1/2 left-3.5 -translate-y-1/2 text-ink-3" />
        <input
          type="search"
          // The panel was opened to look for something.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-label={t('search.label')}
          placeholder={t('search.label')}
          className="h-11 w-full rounded-control border border-line bg-surface pr-3 pl-10 text-md outline-none placeholder:text-ink-3 focus:border-ink-3"
        />
      </label>
      <p className="px-5 pb-2 text-xs text-ink-3">{t('search.hint')}</p>
      <div className="min-h-0 flex-1 overflow-y-auto px-4">
        {text.trim().length > 1 && <Hits text={text} />}
      </div>
    </div>
  )
}

function Hits({ text }: { text: string }) {
  const t = useT()
  const { room, acts } = useScene()
  const query = useQuery(search(room.id, useDeferredValue(text)))
  return (
    <Loaded
      query={query}
      skeleton={<RowsSkeleton rows={4} />}
      empty={<EmptyState drawing="chat" title={t('search.empty')} words={t('search.empty.words')} />}
    >
      {(all) => (
        <ul>
          {all.map((hit) => (
            <MessageLine
              key={hit.id}
              message={{ ...hit, body: hit.excerpt, attachments: [], card: null }}
              onOpen={() => acts.jump(hit.seq)}
            >
              <Marked text={hit.excerpt} marks={hit.marks} />
            </MessageLine>
          ))}
        </ul>
      )}
    </Loaded>
  )
}
