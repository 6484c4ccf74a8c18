import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { Button } from '@/components/Button'
import { RelativeTime } from '@/components/Time'
import type { Wire } from '@/lib/api'

import { useT } from './t'

type Act = Wire<'Recent'>
const FEW = 8

/** My last acts as the ranking remembers them, newest first. What counts against a thing says so by its sign. */
export function Acts({ acts }: { acts: readonly Act[] }) {
  const t = useT()
  const [isAll, setAll] = useState(false)
  if (acts.length === 0) return null
  const newest = [...acts].reverse()
  const shown = isAll ? newest : newest.slice(0, FEW)
  return (
    <>
      <h3 className="mt-7 mb-1 text-md">{t('privacy.last')}</h3>
      <ul className="divide-y divide-line">
        {shown.map((act) => (
          <li
            key={`${act.at} ${act.kind} ${act.item_id} ${act.action}`}
            className="flex items-baseline gap-3 py-2.5"
          >
            <span className="min-w-0 flex-1">
              {t.rich('privacy.act', { act: t(`act.${act.action}`), thing: <Thing act={act} /> })}
            </span>
            <RelativeTime at={act.at} className="num shrink-0 text-sm text-ink-3" />
            <span className="num w-11 shrink-0 text-right text-sm font-semibold">{signed(act.weight)}</span>
          </li>
        ))}
      </ul>
      {shown.length < newest.length && (
        <Button tone="quiet" size="sm" className="mt-2" onClick={() => setAll(true)}>
          {t('privacy.last.all', { n: newest.length - shown.length })}
        </Button>
      )}
    </>
  )
}

const signed = (weight: number) => `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`
const LINK = 'font-medium underline decoration-line underline-offset-3 hover:decoration-ink'

function Thing({ act }: { act: Act }) {
  const t = useT()
  const words = t(`thing.${act.kind}`)
  if (act.kind === 'event')
    return (
      <Link to="/e/$eventId" params={{ eventId: act.item_id }} className={LINK}>
        {words}
      </Link>
    )
  if (act.kind === 'reel')
    return (
      <Link to="/reels" search={{ reel: act.item_id }} className={LINK}>
        {words}
      </Link>
    )
  return words
}
