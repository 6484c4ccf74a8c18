import { useQueryClient } from '@tanstack/react-query'

import { pickView } from '@/components/feed/pick-view'
import { CheckIcon } from '@/components/icons'
import { PickRow, type Choice, type PickView } from '@/components/PickRow'
import { useNow } from '@/lib/clock'
import { usePick, type Whence } from '@/lib/queries/actions'

import { isAwaitingResult } from './calls'
import { resultsCameIn, type Fixture } from './queries'
import { useT } from './t'

interface MatchProps {
  fixture: Fixture
  whence: Whence
}

/** One match of the board. The pick stands at once and is taken back when the hub says no. */
export function Match({ fixture, whence }: MatchProps) {
  const cache = useQueryClient()
  const now = useNow(15_000)
  const pick = usePick(whence)
  const view = pickView(fixture, now)
  const call = (choice: Choice) =>
    pick.mutate(
      { fixture, choice: fixture.my_pick?.choice === choice ? null : choice },
      // Most likely it locked a moment ago: the board shows how it is now.
      { onError: () => resultsCameIn(cache) },
    )
  return (
    <PickRow
      pick={view}
      onPick={call}
      saving={pick.isPending}
      note={<Note fixture={fixture} view={view} now={now} saving={pick.isPending} />}
    />
  )
}

interface NoteProps {
  fixture: Fixture
  view: PickView
  now: number
  saving: boolean
}

function Note({ fixture, view, now, saving }: NoteProps) {
  const t = useT()
  if (saving) return <span role="status">{t('note.saving')}</span>
  if (fixture.status === 'postponed') return t('note.postponed')
  if (view.state === 'open') {
    if (fixture.my_pick)
      return (
        <span className="inline-flex items-center gap-1 text-accent-text">
          <CheckIcon size={14} />
          {t('note.saved')}
        </span>
      )
    return fixture.time_known ? null : t('note.day')
  }
  const told = fixture.my_pick?.explanation
  return (
    <>
      {told && <span className="block text-balance">{told}</span>}
      {isAwaitingResult(view, now) && <span className="block">{t('note.awaiting')}</span>}
      {fixture.corrected && <span className="block text-warn-text">{t('note.corrected')}</span>}
      <Crowd fixture={fixture} />
    </>
  )
}

function Crowd({ fixture: { crowd } }: { fixture: Fixture }) {
  const t = useT()
  if (!crowd) return null
  const size = crowd.home + crowd.draw + crowd.away
  return (
    <span className="num block text-xs">{size === 0 ? t('crowd.none') : t('crowd.size', { n: size })}</span>
  )
}
