import { useState } from 'react'

import { Button } from '@/components/Button'
import { WarnIcon } from '@/components/icons'

import type { EventPage } from './queries'
import { differences, recall, remember, remembered } from './seen'
import { useT } from './t'

/** Says what is different since she last looked, until she has taken note; also when it changes under her eyes. */
export function Changes({ page }: { page: EventPage }) {
  const t = useT()
  const [before, setBefore] = useState(() => {
    const seen = recall(page.id)
    if (!seen) remember(page)
    return seen ?? remembered(page)
  })
  const changes = differences(before, page)
  if (changes.length === 0) return null
  const note = () => {
    remember(page)
    setBefore(remembered(page))
  }
  return (
    <div
      role="status"
      className="flex animate-rise items-start gap-3 rounded-card border border-warn bg-surface p-4"
    >
      <WarnIcon className="mt-0.5 text-warn-text" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{t('changed.title')}</p>
        <ul className="mt-1 text-sm text-ink-2">
          {changes.map(({ detail, before: was, now }) => (
            <li key={detail}>
              {t.rich(`changed.${detail}`, { was: was || t('changed.nothing'), now: <b key={now}>{now}</b> })}
            </li>
          ))}
        </ul>
      </div>
      <Button size="sm" onClick={note}>
        {t('changed.seen')}
      </Button>
    </div>
  )
}
