import { useQuery } from '@tanstack/react-query'

import { Badge } from '@/components/Badge'
import { Card, Rows } from '@/components/Card'
import { Loaded } from '@/components/Loaded'
import { Sheet } from '@/components/Sheet'
import { Bone } from '@/components/Skeleton'
import type { Wire } from '@/lib/api'
import { cx } from '@/lib/cx'

import { rules } from './queries'
import { useT } from './t'

/** How points come about, in the hub's own words, with examples it reckoned itself. */
export function Rules({ onClose }: { onClose: () => void }) {
  const t = useT()
  const query = useQuery(rules)
  return (
    <Sheet open onClose={onClose} title={t('rules.title')} look="side">
      <Loaded query={query} skeleton={<Bone className="h-72 w-full rounded-card" />}>
        {(data) => <Told rules={data} />}
      </Loaded>
    </Sheet>
  )
}

function Told({ rules: told }: { rules: Wire<'RulesOut'> }) {
  const t = useT()
  return (
    <div className="flex flex-col gap-7">
      <p className="flex items-baseline gap-3">
        <b className="display num text-3xl">{told.points_right}</b>
        <span className="text-ink-2">{t('rules.right')}</span>
      </p>
      <ul className="flex flex-col gap-3">
        {told.rules.map((rule) => (
          <li key={rule} className="flex gap-3">
            <i aria-hidden="true" className="mt-2 size-1.5 shrink-0 rounded-pill bg-ink-3" />
            {rule}
          </li>
        ))}
      </ul>
      <section>
        <h3 className="mb-2 text-md">{t('rules.examples')}</h3>
        <div className="flex flex-col gap-2.5">
          {told.examples.map((example) => (
            <Example key={example.choice + example.score} example={example} />
          ))}
        </div>
      </section>
      <section>
        <h3 className="mb-1 text-md">{t('rules.ties')}</h3>
        <Rows>
          {told.ties.map((tie) => (
            <li key={tie} className="py-2.5 text-sm text-ink-2">
              {tie}
            </li>
          ))}
        </Rows>
      </section>
      <p className="num text-xs text-ink-3">{t('rules.version', { version: told.version })}</p>
    </div>
  )
}

function Example({ example }: { example: Wire<'WorkedExample'> }) {
  const t = useT()
  const { choice, score, points, explanation } = example
  return (
    <Card className="p-4">
      <div aria-hidden="true" className="flex items-center gap-3">
        <span className="grid flex-1 grid-cols-3 gap-1.5">
          {(['1', 'X', '2'] as const).map((each) => (
            <span
              key={each}
              className={cx(
                'num grid h-7 place-items-center rounded-control border text-sm font-semibold',
                each === choice ? 'border-accent bg-accent text-accent-ink' : 'border-line text-ink-3',
              )}
            >
              {each}
            </span>
          ))}
        </span>
        <b className="display num w-12 text-center text-md">{score.replace(':', '–')}</b>
        <Badge tone={points > 0 ? 'good' : 'plain'}>{t('rules.points', { n: points })}</Badge>
      </div>
      <p className="mt-2.5 text-sm text-ink-2">{explanation}</p>
    </Card>
  )
}
