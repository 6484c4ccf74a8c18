import { EmptyState } from '@/components/EmptyState'

import { useT } from './t'

export function RoomScreen() {
  const t = useT()
  return (
    <div className="grid flex-1 place-items-center">
      <EmptyState drawing="chat" title={t('room.empty')} words={t('room.empty.words')} />
    </div>
  )
}
