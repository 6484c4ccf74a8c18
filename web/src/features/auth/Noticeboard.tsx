import { useState, type CSSProperties, type ReactNode } from 'react'

import { Avatar } from '@/components/Avatar'
import { Card } from '@/components/Card'
import { Crest } from '@/components/Crest'
import { EventCard, type EventView } from '@/components/EventCard'
import { HoloDot } from '@/components/HoloMark'
import { Hue } from '@/components/Hue'
import { LeaderboardRow } from '@/components/LeaderboardRow'
import { PickRow } from '@/components/PickRow'
import { ReelTile } from '@/components/ReelTile'
import { cx } from '@/lib/cx'

import { useT } from './t'

const DAY = 86_400_000

/** The next evening with that weekday (0 Sunday) at that hour, so that the board is never out of date. */
function coming(weekday: number, hour: number, now: number): number {
  const day = new Date(now)
  day.setHours(hour, 0, 0, 0)
  const ahead = (weekday - day.getDay() + 7) % 7 || 7
  return day.getTime() + ahead * DAY
}

function Pinned({ lean, className, children }: { lean: number; className?: string; children: ReactNode }) {
  return (
    <div className={cx('pinned relative', className)} style={{ '--lean': `${lean}deg` } as CSSProperties}>
      <i className="absolute -top-1.5 left-1/2 z-10 size-3 -translate-x-1/2 rounded-pill bg-[oklch(86%_0.1_85)] shadow-lift" />
      {children}
    </div>
  )
}

/** What a club's board looks like on a good week: drawn from the same parts as the app. Nothing in it can be pressed. */
export function Noticeboard() {
  const t = useT()
  const [now] = useState(() => Date.now())
  const event: EventView = {
    id: 'board-event',
    title: t('board.event'),
    starts_at: coming(4, 19, now),
    place: t('board.place'),
    club: { name: 'Night Runners', slug: 'night-runners', hue: 262 },
    going: 14,
    capacity: 20,
    people: ['Jonas Lind', 'Priya Shah', 'Tom Ek'].map((name) => ({ name })),
    answer: 'yes',
  }
  return (
    <div
      inert
      aria-hidden="true"
      data-theme="dark"
      className="grid w-full max-w-152 grid-cols-6 gap-x-5 gap-y-7"
    >
      <p className="col-span-6 -mb-4 flex items-center gap-2 text-sm text-ink-2">
        <HoloDot />
        {t('board.reason')}
      </p>
      <Pinned lean={-1.2} className="col-span-6">
        <EventCard event={event} onAnswer={() => undefined} />
      </Pinned>
      <Pinned lean={1.4} className="col-span-4">
        <Message />
      </Pinned>
      <Pinned lean={2.2} className="col-span-2 row-span-2">
        <ReelTile reel={{ id: 'dyno-of-the-week', title: t('board.reel'), seconds: 21 }} />
      </Pinned>
      <Pinned lean={-1.6} className="col-span-4">
        <Picks kickOff={coming(6, 17, now)} />
      </Pinned>
    </div>
  )
}

function Message() {
  const t = useT()
  return (
    <Hue value={152}>
      <Card className="p-4">
        <div className="mb-2.5 flex items-center gap-2 text-xs font-medium text-ink-3">
          <Crest name="Riverside FC" letters="1st" hue={152} size={20} />
          {t('board.room')}
        </div>
        <div className="flex gap-3">
          <Avatar person={{ name: 'Kwame Osei' }} size={34} />
          <div className="text-sm">
            <b className="font-semibold">Kwame Osei</b> <span className="num text-xs text-ink-3">13:52</span>
            <p>{t('board.message')}</p>
            <span className="mt-1.5 inline-flex rounded-pill border border-accent bg-accent-soft px-2 text-xs font-semibold text-accent-text">
              👍 9
            </span>
          </div>
        </div>
      </Card>
    </Hue>
  )
}

function Picks({ kickOff }: { kickOff: number }) {
  const people = [
    { rank: 1, points: 142, member: { name: 'Jonas Lind', handle: 'jonas' } },
    { rank: 2, points: 137, moved: 3, is_me: true, member: { name: 'Mara Aldén', handle: 'mara' } },
  ]
  return (
    <Hue value={50}>
      <Card>
        <PickRow
          pick={{
            id: 'board',
            home: 'Arsenal',
            away: 'Tottenham',
            kick_off: kickOff,
            choice: '1',
            state: 'open',
          }}
          onPick={() => undefined}
        />
        <ol className="border-t border-line p-1.5 text-sm">
          {people.map((entry) => (
            <LeaderboardRow key={entry.rank} entry={entry} />
          ))}
        </ol>
      </Card>
    </Hue>
  )
}
