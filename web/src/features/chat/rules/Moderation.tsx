import { useState } from 'react'

import { Button } from '@/components/Button'
import type { Room } from '@/lib/queries/rooms'

import { Part } from '../Part'
import { Reports } from '../Reports'
import { useT } from '../t'
import { Log } from './Log'

/** What was reported, and what moderators did. */
export function Moderation({ room }: { room: Room }) {
  const t = useT()
  const [isLogOpen, setLogOpen] = useState(false)
  return (
    <Part title={t('info.moderation')}>
      <Reports room={room} />
      <Button size="sm" className="mt-3" onClick={() => setLogOpen(true)}>
        {t('log.show')}
      </Button>
      {isLogOpen && <Log room={room} onClose={() => setLogOpen(false)} />}
    </Part>
  )
}
