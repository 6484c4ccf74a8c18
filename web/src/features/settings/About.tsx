import { useQuery } from '@tanstack/react-query'

import { Badge } from '@/components/Badge'
import { Loaded } from '@/components/Loaded'
import { Bone } from '@/components/Skeleton'
import type { Wire } from '@/lib/api'
import { dayAndTime } from '@/lib/format'

import { KINDS, lineageOf, type KindLineage } from './manifest'
import { Part } from './Part'
import { model } from './queries'
import { useT } from './t'

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
      <div>
        <p className="num flex flex-wrap items-center gap-x-3 gap-y-1">
          <b className="display text-md">
            {status.manifest ? t('about.version', { version: status.version }) : t('about.untrained')}
          </b>
          <Badge tone={status.is_warm ? 'good' : 'warn'}>
            {status.is_warm ? t('about.ready') : t('about.warming')}
          </Badge>
        </p>
        {lineage?.until && (
          <p className="num mt-1 text-sm text-ink-2">
            {t('about.until', { when: dayAndTime(lineage.until) })}
          </p>
        )}
        {!lineage && <p className="mt-2 max-w-prose text-ink-2">{t('about.none')}</p>}
      </div>
      <section>
        <h3 className="mb-2 text-md">{t('about.items')}</h3>
        <ul className="num flex flex-wrap gap-x-6 gap-y-1 text-ink-2">
          {KINDS.map((kind) => (
            <li key={kind}>{t(`about.items.${kind}`, { n: status.items[kind] ?? 0 })}</li>
          ))}
        </ul>
      </section>
      {lineage && (
        <section>
          <h3 className="text-md">{t('about.measured')}</h3>
          <p className="mt-0.5 max-w-prose text-sm text-ink-2">{t('about.measured.words')}</p>
          <ul className="mt-2 divide-y divide-line border-y border-line">
            {lineage.kinds.map((kind) => (
              <Measured key={kind.kind} of={kind} items={status.items[kind.kind] ?? 0} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

/** A list of ten that holds everything there is says nothing about the order on it. */
const LIST = 10

function Measured({ of: { kind, likings, found: measured }, items }: { of: KindLineage; items: number }) {
  const t = useT()
  const isTooFew = items <= LIST
  const found = isTooFew ? undefined : measured
  return (
    <li className="py-3.5">
      <p className="num flex items-baseline justify-between gap-3">
        <span className="font-medium">{t(`about.kind.${kind}`)}</span>
        {found && <b className="display text-md">{t('about.found', { n: whole(found.share) })}</b>}
      </p>
      {found && <Interval low={found.low} high={found.high} at={found.share} />}
      <p className="num text-sm text-ink-3">
        {found
          ? t('about.between', { low: whole(found.low), high: whole(found.high), n: found.tries })
          : isTooFew
            ? t('about.tooFew', { n: items })
            : t('about.unmeasured')}
        {likings !== undefined && ` ${t('about.learned', { n: likings })}`}
      </p>
    </li>
  )
}

const whole = (share: number) => Math.round(share * 100)

/** 0 to 100 as a line: the interval in ink, the measure in the accent. The words under it say the same. */
function Interval({ low, high, at }: { low: number; high: number; at: number }) {
  return (
    <div aria-hidden="true" className="relative my-2 h-2.5">
      <i className="absolute inset-x-0 top-1 h-0.5 rounded-pill bg-line" />
      <i
        className="absolute top-1 h-0.5 rounded-pill bg-ink-2"
        style={{ left: `${low * 100}%`, right: `${100 - high * 100}%` }}
      />
      <i
        className="absolute size-2.5 -translate-x-1/2 rounded-pill bg-accent ring-2 ring-paper"
        style={{ left: `${at * 100}%` }}
      />
    </div>
  )
}
