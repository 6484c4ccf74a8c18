import { useEffect, useRef } from 'react'

import type { Wire } from '@/lib/api'
import { cx } from '@/lib/cx'
import { dateParts } from '@/lib/format'

import { shortRound } from './calls'
import { useT } from './t'

interface RoundRailProps {
  rounds: readonly Wire<'RoundOut'>[]
  chosen: string | undefined
  current: string | null
  onChoose: (round: string) => void
}

const day = (at: string) => {
  const { day: number, month } = dateParts(at)
  return `${number} ${month}`
}

/** The rounds of a season on one line, the chosen one in view. A filled foot says how much of it was played. */
export function RoundRail({ rounds, chosen, current, onChoose }: RoundRailProps) {
  const t = useT()
  const list = useRef<HTMLFieldSetElement>(null)
  useEffect(() => {
    const row = list.current
    const here = row?.querySelector<HTMLElement>('[data-chosen]')
    // Only sideways: scrollIntoView would move the page too.
    if (row && here) row.scrollLeft = here.offsetLeft - (row.clientWidth - here.clientWidth) / 2
  }, [chosen, rounds])
  return (
    <fieldset
      ref={list}
      className="scroll-quiet relative -mx-4 flex min-w-0 gap-1 overflow-x-auto px-4 py-1 md:mx-0 md:px-0"
    >
      <legend className="sr-only">{t('round.all')}</legend>
      {rounds.map((round) => (
        <RoundStop
          key={round.name}
          round={round}
          isChosen={round.name === chosen}
          isCurrent={round.name === current}
          onChoose={() => onChoose(round.name)}
        />
      ))}
    </fieldset>
  )
}

interface RoundStopProps {
  round: Wire<'RoundOut'>
  isChosen: boolean
  isCurrent: boolean
  onChoose: () => void
}

function RoundStop({ round, isChosen, isCurrent, onChoose }: RoundStopProps) {
  const t = useT()
  const { name, settled, fixtures } = round
  const [from, to] = [day(round.from_at), day(round.to_at)]
  return (
    <label
      data-chosen={isChosen || undefined}
      className={cx(
        'relative flex min-w-15 shrink-0 cursor-pointer flex-col items-center gap-0.5 rounded-control px-2 pt-1.5 pb-2.5 transition-colors',
        'has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-ink',
        isChosen ? 'bg-ink text-paper' : 'text-ink-2 hover:bg-sunken hover:text-ink',
      )}
    >
      <input
        type="radio"
        name="round"
        checked={isChosen}
        onChange={onChoose}
        aria-label={t('round.label', { name, from, to, settled, of: fixtures })}
        className="sr-only"
      />
      <b className="display num text-md leading-tight">{shortRound(name)}</b>
      <span className={cx('num text-xs whitespace-nowrap', !isChosen && 'text-ink-3')} aria-hidden="true">
        {isCurrent ? t('round.now') : from}
      </span>
      <span
        aria-hidden="true"
        className={cx(
          'absolute inset-x-2.5 bottom-1 h-0.5 overflow-hidden rounded-pill',
          isChosen ? 'bg-ink-2' : 'bg-line',
        )}
      >
        <i
          className={cx('block h-full', isChosen ? 'bg-paper' : 'bg-ink-3')}
          style={{ width: `${fixtures > 0 ? (settled / fixtures) * 100 : 0}%` }}
        />
      </span>
    </label>
  )
}
