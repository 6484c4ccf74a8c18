import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { Avatar } from '@/components/Avatar'
import { Button, IconButton } from '@/components/Button'
import { ConnectionChip } from '@/components/ConnectionChip'
import { Crest } from '@/components/Crest'
import { DayInput } from '@/components/DayInput'
import { Field } from '@/components/Field'
import { BackIcon, CalendarIcon, DotsIcon, SearchIcon } from '@/components/icons'
import { InfoIcon, KeyboardIcon, PushpinIcon } from '@/components/icons-more'
import { Menu, MenuChoice, MenuItem, MenuLine } from '@/components/Menu'
import { Sheet } from '@/components/Sheet'
import { useOutbox, waiting } from '@/lib/chat/outbox'
import { serverClock } from '@/lib/clock'
import type { Room } from '@/lib/queries/rooms'
import { useConnectionStatus } from '@/lib/socket'

import { useSetLevel, type Quiet } from './changes'
import type { PlaceInRoom } from './OpenRoom'
import { here } from './queries'
import { useT } from './t'

interface RoomHeaderProps {
  room: Room
  /** Absent while the talk is not there yet. */
  place?: PlaceInRoom
  onDay?: (at: string) => Promise<void>
}

export function RoomHeader({ room, place, onDay }: RoomHeaderProps) {
  const t = useT()
  const status = useConnectionStatus()
  const present = useQuery({ ...here(room.id), enabled: false }).data
  const queued = waiting(useOutbox())
  const other = room.kind === 'direct' ? room.others[0] : undefined
  const isHere = other !== undefined && present?.includes(other.id)
  return (
    <header className="flex h-18 shrink-0 items-center gap-3 border-b border-line px-3 md:px-7">
      <Link to="/chat" className="reach -ml-1 p-1 text-ink-2 md:hidden" aria-label={t('room.back')}>
        <BackIcon size={22} />
      </Link>
      <span className="md:hidden">
        {other ? (
          <Avatar person={other} size={36} here={isHere} />
        ) : (
          <Crest name={room.title} hue={room.hue} size={36} />
        )}
      </span>
      <div className="min-w-0 flex-1">
        <h2 className="truncate text-lg leading-6">{room.title}</h2>
        <p className="truncate text-sm text-ink-2">
          {other
            ? t(isHere ? 'room.direct.here' : 'room.direct')
            : t('room.members', { n: room.members, here: present?.length ?? 0 })}
          {room.topic && <span className="text-ink-3"> · {room.topic}</span>}
        </p>
      </div>
      <ConnectionChip status={status} queued={status === 'live' ? 0 : queued} verbose />
      {place && <Tools room={room} place={place} onDay={onDay} />}
    </header>
  )
}

function Tools({
  room,
  place,
  onDay,
}: {
  room: Room
  place: PlaceInRoom
  onDay?: (at: string) => Promise<void>
}) {
  const t = useT()
  const [asksDay, setAsksDay] = useState(false)
  return (
    <div className="flex shrink-0 items-center">
      <span className="hidden sm:inline-flex">
        <IconButton icon={SearchIcon} label={t('room.search')} onClick={() => place.open('search')} />
        <IconButton icon={PushpinIcon} label={t('room.pins')} onClick={() => place.open('pins')} />
      </span>
      <Menu label={t('room.more')} icon={DotsIcon}>
        <MenuItem icon={InfoIcon} onSelect={() => place.open('info')}>
          {t('room.info')}
        </MenuItem>
        <MenuItem icon={SearchIcon} onSelect={() => place.open('search')}>
          {t('room.search')}
        </MenuItem>
        <MenuItem icon={PushpinIcon} onSelect={() => place.open('pins')}>
          {t('room.pins')}
        </MenuItem>
        <MenuItem icon={CalendarIcon} onSelect={() => setAsksDay(true)}>
          {t('room.date')}
        </MenuItem>
        <MenuItem icon={KeyboardIcon} onSelect={() => place.open('keys')}>
          {t('room.keyboard')}
        </MenuItem>
        <MenuLine />
        <Levels room={room} />
      </Menu>
      {asksDay && <DaySheet onClose={() => setAsksDay(false)} onDay={onDay} />}
    </div>
  )
}

const LEVELS = ['all', 'mentions', 'none'] as const
const QUIET = ['no', 'hour', 'day', 'ever'] as const

function Levels({ room }: { room: Room }) {
  const t = useT()
  const set = useSetLevel(room)
  const isQuiet = Boolean(room.quiet_until && Date.parse(room.quiet_until) > serverClock.now())
  return (
    <>
      <MenuChoice
        label={t('room.level')}
        value={room.level ?? 'all'}
        options={LEVELS.map((value) => ({ value, label: t(`room.level.${value}`) }))}
        onChange={(level) => set.mutate({ level })}
      />
      <MenuChoice
        label={t('room.quiet')}
        value={isQuiet ? quietOf(room.quiet_until) : 'no'}
        options={QUIET.map((value) => ({ value, label: t(`room.quiet.${value}`) }))}
        onChange={(quiet: Quiet) => set.mutate({ quiet })}
      />
    </>
  )
}

/** Which of the choices a moment is, by how far off it is. */
function quietOf(until: string | null | undefined): Quiet {
  const hours = until ? (Date.parse(until) - serverClock.now()) / 3_600_000 : 0
  if (hours <= 1) return 'hour'
  return hours <= 24 ? 'day' : 'ever'
}

function DaySheet({ onClose, onDay }: { onClose: () => void; onDay?: (at: string) => Promise<void> }) {
  const t = useT()
  const [day, setDay] = useState('')
  const [isBusy, setBusy] = useState(false)
  const go = () => {
    setBusy(true)
    // Midnight where she is.
    void onDay?.(new Date(`${day}T00:00:00`).toISOString()).finally(onClose)
  }
  return (
    <Sheet
      open
      title={t('room.date')}
      onClose={onClose}
      footer={
        <Button tone="ink" disabled={!day} busy={isBusy} onClick={go}>
          {t('room.date.go')}
        </Button>
      }
    >
      <Field label={t('room.date')} hideLabel>
        <DayInput value={day} onChange={setDay} />
      </Field>
    </Sheet>
  )
}
