import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { Button } from '@/components/Button'
import { Field, Input } from '@/components/Field'
import { DoorIcon } from '@/components/icons'
import { AddPersonIcon } from '@/components/icons-more'
import { Loaded } from '@/components/Loaded'
import { Confirm } from '@/components/Sheet'
import { RowsSkeleton } from '@/components/Skeleton'
import { asProblem } from '@/lib/api'
import type { Room } from '@/lib/queries/rooms'

import { useChangeRoom, useLeaveRoom } from './changes'
import { MemberLine } from './MemberLine'
import { Part } from './Part'
import { PeopleSheet } from './PeopleSheet'
import { roommates } from './queries'
import { RoomFiles } from './RoomFiles'
import { BarredList } from './rules/BarredList'
import { Export } from './rules/Export'
import { Moderation } from './rules/Moderation'
import { Rules } from './rules/Rules'
import { useMay, useScene } from './scene'
import { useT } from './t'

/** About the room: what it is called, who is in it, what was shown in it, and for moderators what holds in it. */
export function InfoPanel() {
  const { room } = useScene()
  const may = useMay(room)
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4">
      {may.rename ? (
        <Names room={room} />
      ) : (
        room.topic && <p className="pb-4 text-md text-ink-2">{room.topic}</p>
      )}
      <Members room={room} />
      <RoomFiles room={room} />
      {may.moderate && (
        <>
          <BarredList room={room} />
          <Moderation room={room} />
          <Rules room={room} />
        </>
      )}
      <Export room={room} />
      {may.leave && <Leave room={room} />}
    </div>
  )
}

function Names({ room }: { room: Room }) {
  const t = useT()
  const [title, setTitle] = useState(room.title)
  const [topic, setTopic] = useState(room.topic)
  const change = useChangeRoom(room)
  const problem = change.error && asProblem(change.error)
  const isNew = (title.trim() !== '' && title.trim() !== room.title) || topic.trim() !== room.topic
  return (
    <form
      className="flex flex-col gap-3 pb-4"
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate({
          ...(title.trim() !== room.title && { title: title.trim() }),
          ...(topic.trim() !== room.topic && { topic: topic.trim() }),
        })
      }}
    >
      {room.kind !== 'club' && room.kind !== 'event' && (
        <Field label={t('browse.name')} fault={problem?.fault('title')}>
          <Input value={title} maxLength={80} onChange={(event) => setTitle(event.target.value)} />
        </Field>
      )}
      <Field label={t('info.topic')} fault={problem?.fault('topic')}>
        <Input value={topic} maxLength={250} onChange={(event) => setTopic(event.target.value)} />
      </Field>
      {isNew && (
        <Button type="submit" tone="ink" size="sm" busy={change.isPending}>
          {t('info.save')}
        </Button>
      )}
    </form>
  )
}

const ASKED_IN: readonly Room['kind'][] = ['private', 'team', 'group', 'public']

function Members({ room }: { room: Room }) {
  const t = useT()
  const query = useQuery(roommates(room.id))
  const [isAsking, setAsking] = useState(false)
  const mayInvite = ASKED_IN.includes(room.kind) && !room.archived_at
  return (
    <Part title={t('info.members')}>
      <Loaded query={query} skeleton={<RowsSkeleton rows={4} />}>
        {(all) => (
          <ul>
            {all.map((mate) => (
              <MemberLine key={mate.person.id} mate={mate} />
            ))}
          </ul>
        )}
      </Loaded>
      {mayInvite && (
        <Button size="sm" icon={AddPersonIcon} className="mt-2" onClick={() => setAsking(true)}>
          {t('info.invite')}
        </Button>
      )}
      {isAsking && (
        <PeopleSheet
          room={room}
          known={query.data?.map(({ person }) => person.id) ?? []}
          onClose={() => setAsking(false)}
        />
      )}
    </Part>
  )
}

function Leave({ room }: { room: Room }) {
  const t = useT()
  const leave = useLeaveRoom(room)
  const [isAsked, setAsked] = useState(false)
  return (
    <div className="border-t border-line pt-4">
      <Button tone="bad" size="sm" icon={DoorIcon} onClick={() => setAsked(true)}>
        {t('room.leave')}
      </Button>
      <Confirm
        open={isAsked}
        danger
        title={t('room.leave.ask', { room: room.title })}
        words={`${t('room.leave.words')} ${room.kind === 'public' ? '' : t('room.leave.back')}`.trim()}
        verb={t('room.leave')}
        busy={leave.isPending}
        onClose={() => setAsked(false)}
        onConfirm={() => leave.mutate(undefined, { onSettled: () => setAsked(false) })}
      />
    </div>
  )
}
