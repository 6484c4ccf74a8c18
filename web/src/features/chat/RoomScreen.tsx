import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'

import { EmptyState } from '@/components/EmptyState'
import { rooms } from '@/lib/queries/rooms'

import { Bones } from './Bones'
import { OpenRoom } from './OpenRoom'
import { useT } from './t'

export function RoomScreen() {
  const { roomId } = useParams({ from: '/house/chat/$roomId' })
  const t = useT()
  const all = useQuery(rooms)
  const room = all.data?.find(({ id }) => id === roomId)
  if (all.isPending) return <Bones />
  if (!room)
    return (
      <div className="grid flex-1 place-items-center">
        <EmptyState drawing="chat" title={t('room.gone')} words={t('room.gone.words')} />
      </div>
    )
  return <OpenRoom key={room.id} room={room} />
}
