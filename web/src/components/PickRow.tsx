import type { ReactNode } from 'react'

import { cx } from '@/lib/cx'
import { clockTime, dateParts, type Instant } from '@/lib/format'

import { Badge } from './Badge'
import { useT } from './t'

export type Choice = '1' | 'X' | '2'
const CHOICES: readonly Choice[] = ['1', 'X', '2']

export interface PickView {
  id: string
  home: string
  away: string
  kick_off: Instant
  choice?: Choice | null
  /** `over`: settled, and the member had not called it. */
  state: 'open' | 'locked' | 'live' | 'won' | 'lost' | 'over' | 'void'
  score?: { home: number; away: number } | null
  /** Shares of the club's picks after the lock, 0 to 1. */
  crowd?: Partial<Record<Choice, number>> | null
  points?: number | null
}

interface PickRowProps {
  pick: PickView
  onPick?: (choice: Choice) => void
  /** Between sending and the server's yes. */
  saving?: boolean
  /** Under everything else: what came of it in a sentence, or that it is kept. */
  note?: ReactNode
}

/** One match to call: home, draw, away. After the lock it shows what the club thought, and then who was right. */
export function PickRow({ pick, onPick, saving = false, note }: PickRowProps) {
  const t = useT()
  const isOpen = pick.state === 'open'
  return (
    <div className="grid grid-cols-[1fr_auto_1fr] items-center gap-2.5 px-4 py-3.5">
      <span className="line-clamp-2 min-w-0 text-right leading-tight font-medium">{pick.home}</span>
      <Middle pick={pick} />
      <span className="line-clamp-2 min-w-0 leading-tight font-medium">{pick.away}</span>
      <div
        role="group"
        aria-label={t('pick.label', { home: pick.home, away: pick.away })}
        aria-busy={saving || undefined}
        className="col-span-3 grid grid-cols-3 gap-1.5"
      >
        {CHOICES.map((choice) => (
          <ChoiceButton
            key={choice}
            choice={choice}
            pick={pick}
            disabled={!isOpen || !onPick}
            onPick={() => onPick?.(choice)}
          />
        ))}
      </div>
      <Outcome pick={pick} />
      {note && <div className="col-span-3 text-center text-sm text-ink-3 empty:hidden">{note}</div>}
    </div>
  )
}

function Middle({ pick }: { pick: PickView }) {
  const score = pick.score
  return (
    <span className="num text-center text-xs text-ink-3">
      <b className="display block text-md leading-tight text-ink">
        {score ? `${score.home}–${score.away}` : clockTime(pick.kick_off)}
      </b>
      {dateParts(pick.kick_off).weekday}
    </span>
  )
}

interface ChoiceButtonProps {
  choice: Choice
  pick: PickView
  disabled: boolean
  onPick: () => void
}

function ChoiceButton({ choice, pick, disabled, onPick }: ChoiceButtonProps) {
  const t = useT()
  const isMine = pick.choice === choice
  const share = pick.crowd?.[choice]
  const names = { '1': pick.home, X: t('pick.draw'), '2': pick.away }
  return (
    <button
      type="button"
      aria-pressed={isMine}
      disabled={disabled}
      onClick={onPick}
      className={cx(
        'num reach h-8 overflow-hidden rounded-control border text-sm font-semibold transition-colors touch:h-11',
        isMine ? 'border-accent bg-accent text-accent-ink' : 'border-line bg-paper',
        !disabled && !isMine && 'hover:border-ink-3',
      )}
    >
      {/* One word for eyes and voice alike: who says "one" presses what reads 1. */}
      <span aria-hidden="true">
        {share === undefined ? choice : `${choice} · ${Math.round(share * 100)} %`}
      </span>
      <span className="sr-only">
        {share === undefined
          ? t('pick.choice', { choice, name: names[choice] })
          : t('pick.share', { choice, name: names[choice], percent: Math.round(share * 100) })}
      </span>
    </button>
  )
}

function Outcome({ pick }: { pick: PickView }) {
  const t = useT()
  if (pick.state === 'open') return null
  const tones = {
    won: 'good',
    lost: 'plain',
    void: 'warn',
    live: 'live',
    locked: 'plain',
    over: 'plain',
  } as const
  return (
    <div className="col-span-3 flex items-center justify-center gap-2">
      <Badge tone={tones[pick.state]}>{t(`pick.${pick.state}`)}</Badge>
      {pick.points ? (
        <span className="num text-sm font-semibold text-good">{t('pick.points', { n: pick.points })}</span>
      ) : null}
    </div>
  )
}
