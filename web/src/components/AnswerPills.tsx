import { cx } from '@/lib/cx'

import { ProgressBar } from './ProgressBar'
import { useT } from './t'

export type Answer = 'yes' | 'maybe' | 'no'
const ANSWERS: readonly Answer[] = ['yes', 'maybe', 'no']

export interface AnswerPillsProps {
  /** What is being answered, for those who do not see the card: "Frost Loop". */
  of: string
  value: Answer | null | undefined
  onAnswer: (answer: Answer) => void
  /** Full, and the member is not in: the first pill then offers the waiting list. */
  full?: boolean
  /** Answered yes and waiting for a place. */
  waiting?: boolean
  disabled?: boolean
}

/** Going, Maybe, Can't: the same three-way answer beside every date block. */
export function AnswerPills({ of, value, onAnswer, full, waiting, disabled }: AnswerPillsProps) {
  const t = useT()
  const words: Record<Answer, string> = {
    yes: waiting ? t('answer.waiting') : full && value !== 'yes' ? t('answer.waitlist') : t('answer.going'),
    maybe: t('answer.maybe'),
    no: t('answer.no'),
  }
  return (
    <div
      role="group"
      aria-label={t('answer.label', { event: of })}
      className="inline-flex gap-0.5 rounded-pill border border-line bg-paper p-[3px]"
    >
      {ANSWERS.map((answer) => (
        <button
          key={answer}
          type="button"
          aria-pressed={value === answer}
          disabled={disabled}
          onClick={() => onAnswer(answer)}
          className={cx(
            'reach rounded-pill px-4 py-[5px] text-sm font-semibold whitespace-nowrap transition-colors',
            'disabled:opacity-50',
            value === answer ? 'bg-accent text-accent-ink' : 'text-ink-2 hover:bg-sunken hover:text-ink',
          )}
        >
          {words[answer]}
        </button>
      ))}
    </div>
  )
}

/** "14 of 20" over a bar; only the number when the event has no limit. */
export function CapacityBar({ going, capacity }: { going: number; capacity: number | null | undefined }) {
  const t = useT()
  if (!capacity) return null
  return <ProgressBar value={going} max={capacity} label={t('capacity.label', { going, capacity })} />
}
