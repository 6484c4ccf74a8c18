import { useQuery } from '@tanstack/react-query'
import { Navigate, Outlet, useParams } from '@tanstack/react-router'

import { EmptyState } from '@/components/EmptyState'
import { Page } from '@/components/Page'
import { cx } from '@/lib/cx'
import { useIsPhone } from '@/lib/hooks/media'
import { rooms } from '@/lib/queries/rooms'

import { RoomList } from './RoomList'
import { useT } from './t'

/** Two panes from 44rem on, where the room last written in is open; on a phone the list, and over it the room. */
export function ChatScreen() {
  const t = useT()
  const { roomId } = useParams({ strict: false })
  const isPhone = useIsPhone()
  const latest = useQuery(rooms).data?.[0]
  if (!roomId && !isPhone && latest)
    return <Navigate to="/chat/$roomId" params={{ roomId: latest.id }} replace />
  return (
    <Page title={t('chat.title')} width="full">
      <div className="grid h-full md:grid-cols-[20rem_minmax(0,1fr)]">
        <section
          aria-label={t('chat.title')}
          className={cx('min-h-0 flex-col border-r border-line md:flex', roomId ? 'hidden' : 'flex')}
        >
          <RoomList openId={roomId} />
        </section>
        <div className={cx('min-h-0 min-w-0 flex-col md:flex', roomId ? 'flex h-full' : 'hidden')}>
          {roomId ? (
            <Outlet />
          ) : (
            <div className="grid flex-1 place-items-center">
              <EmptyState drawing="chat" title={t('room.none')} words={t('room.none.words')} />
            </div>
          )}
        </div>
      </div>
    </Page>
  )
}
