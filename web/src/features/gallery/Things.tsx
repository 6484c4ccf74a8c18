import { useState } from 'react'

import type { Answer } from '@/components/AnswerPills'
import { Card } from '@/components/Card'
import { DateBlock } from '@/components/DateBlock'
import { EventCard, type EventView } from '@/components/EventCard'
import { Hue } from '@/components/Hue'
import { LeaderboardRow } from '@/components/LeaderboardRow'
import { NewPill } from '@/components/NewPill'
import { PickRow, type Choice } from '@/components/PickRow'
import { ReasonLine } from '@/components/ReasonLine'
import { ReelTile } from '@/components/ReelTile'
import { toast } from '@/lib/announce'
import { HUES } from '@/styles/hues'

const people = ['Jonas Lind', 'Priya Shah', 'Tom Ek'].map((name) => ({ name }))
const frost: EventView = {
  id: 'e1',
  title: 'Frost Loop, 8 km by headlamp',
  starts_at: '2026-11-26T18:00:00Z',
  place: 'Old Harbour steps',
  club: { name: 'Night Runners', slug: 'night-runners', hue: 262 },
  going: 14,
  capacity: 20,
  people,
  repeats: true,
}
const match: EventView = {
  id: 'e2',
  title: 'Home match v. Hillcrest',
  starts_at: '2026-11-22T13:00:00Z',
  place: 'pitch 4',
  club: { name: 'Riverside FC', slug: 'riverside', hue: 152 },
  going: 16,
  capacity: 16,
}

export function Things() {
  const [answer, setAnswer] = useState<Answer | null>('yes')
  const [choice, setChoice] = useState<Choice | null>('1')
  return (
    <div className="grid gap-8 lg:grid-cols-2">
      <div className="relative space-y-6">
        <NewPill count={3} onShow={() => toast('Shown')} />
        <div className="pt-8">
          <ReasonLine
            reason="Because you went to Tuesday Intervals, and three friends are going"
            onLess={() =>
              toast('We show less like this', { action: { label: 'Undo', run: () => undefined } })
            }
            onWhy={() => undefined}
          />
          <EventCard event={{ ...frost, answer }} onAnswer={setAnswer} />
        </div>
        <EventCard
          event={{ ...frost, id: 'e3', state: 'live', club: { ...frost.club, hue: 30 } }}
          onAnswer={setAnswer}
        />
        <EventCard
          event={{ ...match, answer: 'yes', waitlist_position: 3 }}
          size="inline"
          onAnswer={setAnswer}
        />
        <EventCard event={{ ...match, state: 'cancelled' }} size="inline" onAnswer={setAnswer} />
        <EventCard event={match} size="line" />
      </div>
      <div className="space-y-6">
        <Hue value={152} as="section">
          <Card className="divide-y divide-line">
            <PickRow
              pick={{
                id: 'p1',
                home: 'Arsenal',
                away: 'Tottenham',
                kick_off: match.starts_at,
                choice,
                state: 'open',
              }}
              onPick={setChoice}
            />
            <PickRow
              pick={{
                id: 'p2',
                home: 'Borussia Mönchengladbach',
                away: 'Wolverhampton Wanderers',
                kick_off: match.starts_at,
                choice: 'X',
                state: 'won',
                score: { home: 1, away: 1 },
                crowd: { '1': 0.61, X: 0.22, '2': 0.17 },
                points: 3,
              }}
            />
          </Card>
        </Hue>
        <ol>
          {[
            { rank: 1, points: 142, member: { name: 'Jonas Lind', handle: 'jonas' } },
            { rank: 2, points: 137, moved: 3, is_me: true, member: { name: 'Mara Aldén', handle: 'mara' } },
            { rank: 3, points: 131, moved: -1, member: { name: 'Priya Shah', handle: 'priya' } },
          ].map((entry) => (
            <LeaderboardRow key={entry.rank} entry={entry} />
          ))}
        </ol>
        <div className="grid grid-cols-3 gap-2.5">
          {['Dyno of the week', 'Corner routine, near post', 'Keeper reflexes, week 3'].map((title) => (
            <ReelTile key={title} reel={{ id: title, title, seconds: title.length * 2 }} />
          ))}
        </div>
        <div className="flex flex-wrap gap-2">
          {HUES.map((hue) => (
            <Hue key={hue} value={hue}>
              <DateBlock at={frost.starts_at} size="small" />
            </Hue>
          ))}
        </div>
      </div>
    </div>
  )
}
