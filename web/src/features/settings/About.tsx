import { useQuery } from '@tanstack/react-query'

import { Badge } from '@/components/Badge'
import { Loaded } from '@/components/Loaded'
import { Bone } from '@/components/Skeleton'
import type { Wire } from '@/lib/api'
import { dayAndTime } from '@/lib/format'

import { lineageOf, readable } from './manifest'
import { Part } from './Part'
import { model } from './queries'
import { useT } from './t'

const KINDS = ['event', 'reel', 'pick'] as const

/** The model that ranks for me: what it knows, what it learned from, and how good it was found to be. */
export function About() {
  const t = useT()
  const query = useQuery(model)
  return (
    <Part title={t('about.title')} words={t('about.words')}>
      <Loaded query={query} skeleton={<Bone className="h-48 w-full rounded-card" />}>
        {(status) => <Told status={status} />}
      </Loaded>
    </Part>
  )
}

function Told({ status }: { status: Wire<'ModelStatus'> }) {
  const t = useT()
  const lineage = lineageOf(status.manifest)
  return (
    <div className="flex flex-col gap-7">
      <p className="num flex flex-wrap items-center gap-x-3 gap-y-1">
        <b className="display text-md">
          {status.manifest ? t('about.version', { version: status.version }) : t('about.untrained')}
        </b>
        <Badge tone={status.is_warm ? 'good' : 'warn'}>
          {status.is_warm ? t('about.ready') : t('about.warming')}
        </Badge>
      </p>
      {!lineage && <p className="max-w-prose text-ink-2">{t('about.none')}</p>}
      {lineage?.until && (
        <p className="text-ink-2">{t('about.until', { when: dayAndTime(lineage.until) })}</p>
      )}
      <section>
        <h3 className="mb-2 text-md">{t('about.items')}</h3>
        <ul className="num flex flex-wrap gap-x-6 gap-y-1 text-ink-2">
          {KINDS.map((kind) => (
            <li key={kind}>{t(`about.items.${kind}`, { n: status.items[kind] ?? 0 })}</li>
          ))}
        </ul>
      </section>
      {lineage && <Numbers title={t('about.learned')} pairs={lineage.sizes} />}
      {lineage && (
        <Numbers title={t('about.measured')} words={t('about.measured.words')} pairs={lineage.metrics} />
      )}
    </div>
  )
}

interface NumbersProps {
  title: string
  words?: string
  pairs: readonly [name: string, value: number][]
}

function Numbers({ title, words, pairs }: NumbersProps) {
  if (pairs.length === 0) return null
  return (
    <section>
      <h3 className="text-md">{title}</h3>
      {words && <p className="mt-0.5 text-sm text-ink-3">{words}</p>}
      <dl className="mt-2 divide-y divide-line border-y border-line">
        {pairs.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-4 py-2">
            <dt className="text-ink-2">{readable(name)}</dt>
            <dd className="num font-semibold">
              {Number.isInteger(value) ? value.toLocaleString('en-GB') : value.toFixed(3)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
