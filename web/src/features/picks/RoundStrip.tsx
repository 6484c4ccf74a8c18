import { CheckIcon, CloseIcon } from '@/components/icons'
import { Countdown } from '@/components/Time'
import { cx } from '@/lib/cx'

import type { Pip, Standing } from './calls'
import { useT } from './t'

const LOOKS: Record<Pip, string> = {
  right: 'border-accent bg-accent text-accent-ink',
  missed: 'border-line bg-sunken text-ink-3',
  called: 'border-ink bg-ink',
  open: 'border-ink-3 border-dashed',
  skipped: 'border-line',
  void: 'border-line bg-line',
}

const ORDER: readonly Pip[] = ['right', 'missed', 'called', 'open', 'skipped', 'void']

/** The round at a glance: a mark per match, what it brought so far, and when the next one locks. */
export function RoundStrip({ standing, onLock }: { standing: Standing; onLock: () => void }) {
  const t = useT()
  const { pips, called, right, points, nextLock } = standing
  const words = ORDER.map(
    (kind) => [pips.filter(({ pip }) => pip === kind).length, t(`pip.${kind}`)] as const,
  )
    .filter(([n]) => n > 0)
    .map(([n, word]) => `${n} ${word}`)
    .join(', ')
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-3 border-y border-line py-3.5">
      <ul className="flex gap-1" aria-label={t('round.strip', { words })}>
        {pips.map(({ id, pip }) => (
          <li
            key={id}
            aria-hidden="true"
            className={cx('grid size-4 place-items-center rounded-[0.3125rem] border', LOOKS[pip])}
          >
            {pip === 'right' && <CheckIcon size={12} strokeWidth={2.5} />}
            {pip === 'missed' && <CloseIcon size={10} strokeWidth={2.5} />}
          </li>
        ))}
      </ul>
      <p className="num grow text-sm whitespace-nowrap text-ink-2">
        {t('round.called', { called, of: pips.length })}
        {right > 0 && `, ${t('round.right', { n: right })}`}
        {points > 0 && <b className="font-semibold text-good">, {t('round.points', { n: points })}</b>}
      </p>
      <p className="text-sm whitespace-nowrap text-ink-3">
        {nextLock ? (
          <>
            {t('lock.next')}{' '}
            <Countdown
              key={String(nextLock)}
              to={nextLock}
              onOver={onLock}
              className="num font-semibold text-ink"
            />
          </>
        ) : (
          t('lock.none')
        )}
      </p>
    </div>
  )
}
