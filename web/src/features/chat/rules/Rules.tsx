import type { Room } from '@/lib/queries/rooms'

import { Part } from '../Part'
import { useMay } from '../scene'
import { useT } from '../t'
import { BlockedTerms } from './BlockedTerms'
import { Hooks } from './Hooks'
import { Retention } from './Retention'
import { SlowMode } from './SlowMode'

/** What holds in the room, as far as the member says so. */
export function Rules({ room }: { room: Room }) {
  const t = useT()
  const may = useMay(room)
  return (
    <Part title={t('rules')}>
      <div className="flex flex-col gap-5">
        <SlowMode room={room} />
        {may.own && <Retention room={room} />}
        {may.ownClub && room.club_id && <BlockedTerms clubId={room.club_id} />}
        <Hooks room={room} />
      </div>
    </Part>
  )
}
