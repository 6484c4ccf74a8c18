import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { Button } from '@/components/Button'
import { Crest } from '@/components/Crest'
import { Field, Input, Select } from '@/components/Field'
import { Loaded } from '@/components/Loaded'
import { Segmented } from '@/components/Segmented'
import { Sheet } from '@/components/Sheet'
import { RowsSkeleton } from '@/components/Skeleton'
import { asProblem, type Wire } from '@/lib/api'
import { me } from '@/lib/queries/me'
import { useDirectTalk } from '@/lib/queries/rooms'

import { call } from './call'
import { useJoinRoom, useMakeRoom } from './changes'
import { PeoplePicker, type Chosen } from './PeopleSheet'
import { useT } from './t'

type Way = 'talk' | 'open' | 'make'

/** The ways to another room: a talk with somebody or a few, a room that is open, a new one. */
export function BrowseSheet({ onClose }: { onClose: () => void }) {
  const t = useT()
  const [way, setWay] = useState<Way>('talk')
  return (
    <Sheet open title={t('browse.title')} onClose={onClose}>
      <Segmented
        label={t('chat.browse')}
        value={way}
        options={[
          { value: 'talk', label: t('browse.talk') },
          { value: 'open', label: t('browse.open') },
          { value: 'make', label: t('browse.make') },
        ]}
        onChange={setWay}
      />
      <div className="pt-4">
        {way === 'talk' && <Talks onClose={onClose} />}
        {way === 'open' && <Open onClose={onClose} />}
        {way === 'make' && <Make onClose={onClose} />}
      </div>
    </Sheet>
  )
}

interface WayProps {
  onClose: () => void
}

/** One makes a direct talk, more a group. */
function Talks({ onClose }: WayProps) {
  const t = useT()
  const [chosen, setChosen] = useState<readonly Chosen[]>([])
  const direct = useDirectTalk()
  const make = useMakeRoom()
  const [only] = chosen
  const begin = () => {
    if (chosen.length === 1 && only) direct.mutate(only.id, { onSuccess: onClose })
    else make.mutate({ kind: 'group', members: chosen.map(({ id }) => id) }, { onSuccess: onClose })
  }
  return (
    <>
      <PeoplePicker chosen={chosen} onChoose={setChosen} />
      <Button tone="ink" wide disabled={!only} busy={direct.isPending || make.isPending} onClick={begin}>
        {t(chosen.length > 1 ? 'browse.group' : 'browse.direct')}
      </Button>
    </>
  )
}

const open = queryOptions({
  queryKey: ['open-rooms'],
  queryFn: async () => (await call<{ data: Wire<'OpenRoom'>[] }>('GET', '/rooms/open')).data,
  staleTime: 15_000,
})

function Open({ onClose }: WayProps) {
  const t = useT()
  const query = useQuery(open)
  const join = useJoinRoom()
  return (
    <Loaded query={query} skeleton={<RowsSkeleton rows={3} />}>
      {(all) => {
        const others = all.filter(({ joined, archived }) => !joined && !archived)
        if (others.length === 0) return <p className="py-6 text-sm text-ink-2">{t('browse.none')}</p>
        return (
          <ul>
            {others.map((room) => (
              <li key={room.id} className="flex items-center gap-3 border-b border-line py-3 last:border-0">
                <Crest name={room.title} hue={room.hue} size={36} />
                <span className="min-w-0 flex-1">
                  <span className="block truncate text-md font-semibold">{room.title}</span>
                  <span className="block truncate text-sm text-ink-3">
                    {room.topic || t('room.members.bare', { n: room.members })}
                  </span>
                </span>
                <Button
                  size="sm"
                  busy={join.isPending && join.variables === room.id}
                  onClick={() => join.mutate(room.id, { onSuccess: onClose })}
                >
                  {t('browse.join')}
                  <span className="sr-only"> {room.title}</span>
                </Button>
              </li>
            ))}
          </ul>
        )
      }}
    </Loaded>
  )
}

function Make({ onClose }: WayProps) {
  const t = useT()
  const clubs = useQuery(me).data?.clubs ?? []
  const [title, setTitle] = useState('')
  const [topic, setTopic] = useState('')
  const [kind, setKind] = useState<'public' | 'private'>('public')
  const [club, setClub] = useState<string>()
  const make = useMakeRoom()
  const problem = make.error && asProblem(make.error)
  const clubId = club ?? clubs[0]?.id
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        make.mutate(
          { kind, club_id: clubId, title: title.trim(), topic: topic.trim() },
          { onSuccess: onClose },
        )
      }}
    >
      <Field label={t('browse.name')} fault={problem?.fault('title')}>
        <Input value={title} maxLength={80} onChange={(event) => setTitle(event.target.value)} />
      </Field>
      <Field label={t('browse.topic')} fault={problem?.fault('topic')}>
        <Input value={topic} maxLength={250} onChange={(event) => setTopic(event.target.value)} />
      </Field>
      <Field label={t('browse.club')}>
        <Select value={clubId} onChange={(event) => setClub(event.target.value)}>
          {clubs.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('browse.kind')}>
        <Select value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>
          <option value="public">{t('browse.kind.public')}</option>
          <option value="private">{t('browse.kind.private')}</option>
        </Select>
      </Field>
      <Button type="submit" tone="ink" disabled={!title.trim() || !clubId} busy={make.isPending}>
        {t('browse.create')}
      </Button>
    </form>
  )
}
