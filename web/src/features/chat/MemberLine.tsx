import { useState } from 'react'

import { Avatar } from '@/components/Avatar'
import { Badge } from '@/components/Badge'
import { DotsIcon } from '@/components/icons'
import { Menu, MenuItem, MenuLine, MenuLink } from '@/components/Menu'
import { serverClock } from '@/lib/clock'

import { useMembership } from './changes'
import { Why, type Measure } from './moderation'
import type { Roommate } from './queries'
import { useMay, useScene } from './scene'
import { useT } from './t'
import { Name } from './Writer'

/** Somebody in the room, what she is there, and for moderators what can be done. */
export function MemberLine({ mate }: { mate: Roommate }) {
  const t = useT()
  const { here, me } = useScene()
  const { person, role } = mate
  const isSilenced = Boolean(mate.silenced_until && Date.parse(mate.silenced_until) > serverClock.now())
  return (
    <li className="flex min-h-11 items-center gap-3 py-1.5">
      <Avatar person={person} size={32} here={here.has(person.id)} />
      <Name face={person} className="min-w-0 flex-1 font-medium" />
      {role !== 'member' && <Badge>{t(`info.${role}`)}</Badge>}
      {isSilenced && <Badge tone="warn">{t('info.silenced')}</Badge>}
      {person.id !== me.id && <Deeds mate={mate} isSilenced={isSilenced} />}
    </li>
  )
}

function Deeds({ mate, isSilenced }: { mate: Roommate; isSilenced: boolean }) {
  const t = useT()
  const { room } = useScene()
  const [measure, setMeasure] = useState<Measure>()
  const { remove, setRole } = useMembership(room)
  const may = useMay(room)
  const { person, role } = mate
  const isUnder = may.moderate && role === 'member'
  const canBeAsked = room.kind !== 'club' && room.kind !== 'event'
  if (!may.moderate) return null
  return (
    <>
      <Menu label={t('info.member.more', { name: person.name })} icon={DotsIcon} compact>
        <MenuLink to="/m/$handle" params={{ handle: person.handle }}>
          {t('info.member.profile')}
        </MenuLink>
        {may.own && canBeAsked && role !== 'owner' && (
          <MenuItem
            onSelect={() =>
              setRole.mutate({ memberId: person.id, role: role === 'member' ? 'moderator' : 'member' })
            }
          >
            {t(role === 'member' ? 'info.role.make' : 'info.role.take')}
          </MenuItem>
        )}
        {isUnder && (
          <>
            <MenuLine />
            <MenuItem onSelect={() => setMeasure(isSilenced ? 'unsilence' : 'silence')}>
              {t(isSilenced ? 'info.member.unmute' : 'info.member.mute')}
            </MenuItem>
            {canBeAsked && (
              <MenuItem onSelect={() => remove.mutate(person.id)}>{t('info.member.remove')}</MenuItem>
            )}
            <MenuItem danger onSelect={() => setMeasure('bar')}>
              {t('info.member.bar')}
            </MenuItem>
          </>
        )}
      </Menu>
      {measure && <Why room={room} person={person} measure={measure} onClose={() => setMeasure(undefined)} />}
    </>
  )
}
