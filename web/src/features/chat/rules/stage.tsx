import userEvent from '@testing-library/user-event'
import type { ReactElement } from 'react'

import type { Room } from '@/lib/queries/rooms'
import { hub, MARA, ME, type Replies } from '@/test/hub'
import { show } from '@/test/render'

import { Scene, type SceneValue } from '../scene'

/** A room as its owner has it. */
export const roomOf = (more: Partial<Room> = {}) =>
  ({
    id: 'r1',
    kind: 'private',
    club_id: 'c1',
    title: 'First team',
    role: 'owner',
    slow_seconds: 0,
    keep_days: null,
    ...more,
  }) as Room

/** Shows a part of a room to Mara, who is this in its club. */
export async function stage(
  part: ReactElement,
  { room = roomOf(), inClub = 'member', ...replies }: { room?: Room; inClub?: string } & Replies,
) {
  const clubs = ME.clubs.map((club) => ({ ...club, role: inClub }))
  const asked = hub({ 'GET /me': { ...ME, clubs }, ...replies })
  const scene = { room, me: MARA, here: new Set(), acts: {} } as unknown as SceneValue
  const shown = await show(<Scene value={scene}>{part}</Scene>)
  const sent = () =>
    asked
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path, body }) => [`${method} ${path}`, body] as const)
  return { ...shown, sent, user: userEvent.setup() }
}
