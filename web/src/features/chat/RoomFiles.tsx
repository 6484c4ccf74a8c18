import { useQueryClient } from '@tanstack/react-query'

import { timelineKey } from '@/lib/chat/sync'
import type { Timeline } from '@/lib/chat/timeline'
import type { Room } from '@/lib/queries/rooms'

import { Attachments } from './Attachments'
import { useT } from './t'

const MOST = 12

/** Pictures and files that were sent lately: those of the messages at hand. */
export function RoomFiles({ room }: { room: Room }) {
  const t = useT()
  const held = useQueryClient().getQueryData<Timeline>(timelineKey(room.id))
  const files = (held?.messages ?? [])
    .flatMap(({ attachments }) => attachments)
    .slice(-MOST)
    .toReversed()
  if (files.length === 0) return null
  return (
    <section className="border-t border-line py-4" aria-label={t('info.media')}>
      <h3 className="pb-2 text-md">{t('info.media')}</h3>
      <Attachments attachments={files} />
    </section>
  )
}
