import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { IconButton } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { PlusIcon, SearchIcon } from '@/components/icons'
import { Loaded } from '@/components/Loaded'
import { RowsSkeleton } from '@/components/Skeleton'
import { rooms } from '@/lib/queries/rooms'

import { BrowseSheet } from './BrowseSheet'
import { RoomLink } from './RoomLink'
import { useT } from './t'

/** My rooms, the one last written in first, with a field that narrows them. */
export function RoomList({ openId }: { openId?: string }) {
  const t = useT()
  const query = useQuery(rooms)
  const [text, setText] = useState('')
  const [isBrowsing, setBrowsing] = useState(false)
  const wanted = text.trim().toLocaleLowerCase()
  return (
    <>
      <header className="flex items-center justify-between px-5 pt-5 pb-3.5">
        <h1 className="text-xl">{t('chat.title')}</h1>
        <IconButton label={t('chat.browse')} icon={PlusIcon} onClick={() => setBrowsing(true)} />
      </header>
      <label className="relative mx-3 mb-3 block">
        <SearchIcon size={18} className="absolute top-1/2 left-3.5 -translate-y-1/2 text-ink-3" />
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-label={t('chat.find')}
          placeholder={t('chat.find')}
          className="h-11 w-full rounded-control border border-line bg-surface pr-3 pl-10 text-md outline-none placeholder:text-ink-3 focus:border-ink-3"
        />
      </label>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-4">
        <Loaded
          query={query}
          skeleton={<RowsSkeleton rows={6} />}
          empty={<EmptyState drawing="chat" title={t('chat.empty')} words={t('chat.empty.words')} />}
        >
          {(all) => {
            const shown = all.filter(({ title }) => title.toLocaleLowerCase().includes(wanted))
            return (
              <nav aria-label={t('chat.rooms')}>
                {shown.length === 0 && <p className="px-2 py-6 text-sm text-ink-2">{t('chat.find.none')}</p>}
                {shown.map((room) => (
                  <RoomLink key={room.id} room={room} isOpen={room.id === openId} />
                ))}
              </nav>
            )
          }}
        </Loaded>
      </div>
      {isBrowsing && <BrowseSheet onClose={() => setBrowsing(false)} />}
    </>
  )
}
