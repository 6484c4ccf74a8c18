import { useState } from 'react'

import { Avatar, AvatarStack } from '@/components/Avatar'
import { Badge, CountBadge } from '@/components/Badge'
import { Row, Rows } from '@/components/Card'
import { ConnectionChip } from '@/components/ConnectionChip'
import { Crest } from '@/components/Crest'
import { HoloDot, HoloMark, HoloRing, Wordmark } from '@/components/HoloMark'
import * as icons from '@/components/icons'
import * as more from '@/components/icons-more'
import { ProgressBar } from '@/components/ProgressBar'
import { Countdown, RelativeTime } from '@/components/Time'

const CLUBS = [
  'Riverside FC',
  'Night Runners',
  'Boulder Collective',
  'Harbour Rowing',
  'Chess at Nine',
  'Hillcrest',
]
const PEOPLE = ['Kwame Osei', 'Priya Shah', 'Jonas Lind', 'Mara Aldén', 'Tom Ek', 'Ines Duarte'].map(
  (name) => ({ name }),
)

export function Signs() {
  const [startedAt] = useState(() => Date.now())
  return (
    <div className="space-y-8">
      <div className="flex flex-wrap items-center gap-6">
        <Wordmark />
        <HoloMark size={44} />
        <HoloDot />
        <HoloRing live>
          <span className="rounded-pill bg-paper p-0.5">
            <Avatar person={{ name: 'Mara Aldén' }} size={44} />
          </span>
        </HoloRing>
        <span>
          <Countdown to={startedAt + 8_040_000} /> left, posted <RelativeTime at={startedAt - 2_400_000} />
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-4">
        {CLUBS.map((name) => (
          <Crest key={name} name={name} size={56} />
        ))}
        <Crest name="Riverside FC" letters="1st" size={40} hue={152} />
        <Crest name="Riverside FC" size={24} hue={152} />
      </div>
      <div className="flex flex-wrap items-center gap-4">
        {PEOPLE.map((person) => (
          <Avatar key={person.name} person={person} size={48} here={person.name < 'L'} />
        ))}
        <AvatarStack people={PEOPLE} />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        {(['plain', 'accent', 'live', 'good', 'warn', 'bad'] as const).map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
        <CountBadge count={7} label="7 unread" />
        <CountBadge count={128} label="128 unread" />
        {(['connecting', 'live', 'reconnecting', 'offline'] as const).map((status) => (
          <ConnectionChip
            key={status}
            status={status}
            queued={status === 'offline' ? 2 : 0}
            verbose={status === 'live'}
          />
        ))}
      </div>
      <ProgressBar value={14} max={20} label="Places taken" />
      <Rows className="max-w-120">
        {CLUBS.slice(0, 3).map((name, place) => (
          <Row
            key={name}
            lead={<Crest name={name} size={40} />}
            title={name}
            detail="Pitch 2 is waterlogged, use 4, and bring the second set of bibs"
            end={<CountBadge count={place * 2} label={`${place * 2} unread`} />}
          />
        ))}
      </Rows>
      <div className="flex flex-wrap gap-3 text-ink-2">
        {Object.entries({ ...icons, ...more }).map(([name, Glyph]) => (
          <span key={name} title={name}>
            <Glyph />
          </span>
        ))}
      </div>
    </div>
  )
}
