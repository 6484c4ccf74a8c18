import { AvatarStack } from '@/components/Avatar'
import { Badge } from '@/components/Badge'
import { Button } from '@/components/Button'
import { Card as Surface } from '@/components/Card'
import { CheckIcon } from '@/components/icons'
import { votesOf } from '@/lib/chat/fold'
import { write } from '@/lib/chat/outbox'
import type { Card, Message } from '@/lib/chat/wire'
import { serverClock, useNow } from '@/lib/clock'
import { cx } from '@/lib/cx'
import { relativeTime } from '@/lib/format'

import { isMine, useMay, useScene } from './scene'
import { useT } from './t'

interface PollData {
  question: string
  options: readonly string[]
  multiple: boolean
  closes_at: string | null
  closed_at?: string | null
}

/** A question with its answers: a press votes, another one takes the vote back, and everybody sees how it stands. */
export function Poll({ message, card }: { message: Message; card: Card }) {
  const t = useT()
  const now = useNow(30_000)
  const { me, room } = useScene()
  const may = useMay(room)
  const data = card.data as unknown as PollData
  const votes = votesOf(message)
  const chosen = data.options.flatMap((_, at) => (votes[at]?.includes(me.id) ? [at] : []))
  const voters = new Set(Object.values(votes).flat()).size
  const isOver =
    Boolean(data.closed_at) || Boolean(data.closes_at && Date.parse(data.closes_at) <= serverClock.now())
  const vote = (at: number) => {
    const isOn = chosen.includes(at)
    const options = data.multiple
      ? isOn
        ? chosen.filter((other) => other !== at)
        : [...chosen, at]
      : isOn
        ? []
        : [at]
    write(message.room, { kind: 'vote', target: message.id, options })
  }
  return (
    <Surface className="my-1.5 max-w-120 px-4 py-3.5">
      <p className="display text-md">{data.question || card.title}</p>
      <p className="pt-0.5 text-sm text-ink-3">{t(data.multiple ? 'poll.many' : 'poll.one')}</p>
      <div role="group" aria-label={data.question} className="flex flex-col gap-1.5 py-2.5">
        {data.options.map((option, at) => (
          <Option
            key={at}
            option={option}
            members={votes[at] ?? []}
            voters={voters}
            isChosen={chosen.includes(at)}
            disabled={isOver || Boolean(room.archived_at)}
            onVote={() => vote(at)}
          />
        ))}
      </div>
      <div className="flex min-h-8 items-center justify-between gap-3 text-sm text-ink-3">
        <span className="num">
          {t('poll.votes', { n: voters })}
          {!isOver && data.closes_at && ` · ${t('poll.closes', { when: relativeTime(data.closes_at, now) })}`}
        </span>
        {isOver && <Badge>{t('poll.closed')}</Badge>}
        {!isOver && (isMine(message, me) || may.moderate) && (
          <Button
            size="sm"
            tone="quiet"
            onClick={() => write(message.room, { kind: 'close', target: message.id })}
          >
            {t('poll.close')}
          </Button>
        )}
      </div>
    </Surface>
  )
}

interface OptionProps {
  option: string
  members: readonly string[]
  /** How many have voted at all. */
  voters: number
  isChosen: boolean
  disabled: boolean
  onVote: () => void
}

function Option({ option, members, voters, isChosen, disabled, onVote }: OptionProps) {
  const t = useT()
  const { faces } = useScene()
  const share = voters > 0 ? members.length / voters : 0
  const people = members.slice(0, 3).map((id) => faces.get(id) ?? { id, name: '' })
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      disabled={disabled}
      onClick={onVote}
      className={cx(
        'relative isolate flex min-h-11 items-center gap-2 overflow-hidden rounded-control border px-3 text-left text-md',
        isChosen ? 'border-accent' : 'border-line',
        !disabled && 'hover:border-ink-3',
      )}
    >
      <i
        className="absolute inset-y-0 left-0 -z-10 bg-accent-soft transition-[width] duration-240"
        style={{ width: `${share * 100}%` }}
      />
      {isChosen && <CheckIcon size={18} className="text-accent-text" />}
      <span className="min-w-0 flex-1 py-1.5">{option}</span>
      {people.length > 0 && <AvatarStack people={people} size={20} />}
      <span className="num text-sm font-semibold" aria-hidden="true">
        {members.length}
      </span>
      <span className="sr-only">, {t('poll.votes', { n: members.length })}</span>
    </button>
  )
}
