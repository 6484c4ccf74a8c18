import { useInfiniteQuery } from '@tanstack/react-query'

import { Section } from '@/components/Card'

import { table, type Period } from './queries'
import { useT } from './t'

/** Beside the table: in which order the rules part those with the same points. */
export function Ties({ clubId, period }: { clubId: string | undefined; period: Period }) {
  const t = useT()
  const ties = useInfiniteQuery(table(clubId, period)).data?.pages[0]?.ties
  if (!ties) return null
  return (
    <Section title={t('table.ties')}>
      <ol className="num flex flex-col gap-2.5 text-sm text-ink-2">
        {ties.map((tie, place) => (
          <li key={tie} className="flex gap-3">
            <b className="display w-3 text-ink">{place + 1}</b>
            {tie}
          </li>
        ))}
      </ol>
    </Section>
  )
}
