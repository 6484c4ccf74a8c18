import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { Avatar } from '@/components/Avatar'
import { Button } from '@/components/Button'
import { Rows } from '@/components/Card'
import { Loaded } from '@/components/Loaded'
import { RowsSkeleton } from '@/components/Skeleton'
import type { Room } from '@/lib/queries/rooms'

import { Why } from '../moderation'
import { Part } from '../Part'
import { useT } from '../t'
import { isForEver, whenOver } from '../until'
import { Name } from '../Writer'
import { barred, type Barred } from './queries'

/** Who is not let in, until when, and the way back. */
export function BarredList({ room }: { room: Room }) {
  const t = useT()
  const query = useQuery(barred(room.id))
  return (
    <Part title={t('barred')}>
      <Loaded
        query={query}
        skeleton={<RowsSkeleton rows={1} />}
        empty={<p className="text-sm text-ink-3">{t('barred.none')}</p>}
      >
        {(all) => (
          <Rows>
            {all.map((one) => (
              <BarredLine key={one.person.id} room={room} barred={one} />
            ))}
          </Rows>
        )}
      </Loaded>
    </Part>
  )
}

function BarredLine({ room, barred: { person, until } }: { room: Room; barred: Barred }) {
  const t = useT()
  const [isAsked, setAsked] = useState(false)
  return (
    <li className="flex min-h-14 items-center gap-3 py-2">
      <Avatar person={person} size={32} />
      <div className="flex min-w-0 flex-1 flex-col">
        <Name face={person} className="font-medium" />
        <span className="text-sm text-ink-3">
          {isForEver(until) ? t('until.ever') : t('until', { when: whenOver(until) })}
        </span>
      </div>
      <Button size="sm" aria-label={t('barred.unbar', { name: person.name })} onClick={() => setAsked(true)}>
        {t('info.member.unbar')}
      </Button>
      {isAsked && <Why room={room} person={person} measure="unbar" onClose={() => setAsked(false)} />}
    </li>
  )
}
