import { useQuery } from '@tanstack/react-query'

import { RelativeTime } from '@/components/Time'
import { rooms, type Room } from '@/lib/queries/rooms'

import type { Faces } from '../scene'
import { useT } from '../t'
import { isForEver, whenOver } from '../until'
import type { LogLine } from './lines'
import type { Deed } from './queries'

interface LogEntryProps {
  room: Room
  line: LogLine
  faces: Faces
}

/** One line of the log: what was done, how far it goes, why, and what was said. */
export function LogEntry({ room, line, faces }: LogEntryProps) {
  const said = useSentence(line, faces)
  const more = useDetails(room, line)
  const why = line.deed?.why ?? line.deletion?.reason
  if (!said) return null
  return (
    <li className="py-3">
      <p className="flex items-baseline justify-between gap-3 text-md">
        <span className="min-w-0 font-medium">{said}</span>
        <RelativeTime at={line.at} className="num shrink-0 text-xs text-ink-3" />
      </p>
      {more.length > 0 && <p className="text-sm text-ink-3">{more.join(' · ')}</p>}
      {why && <p className="text-sm text-ink-2">{why}</p>}
      {line.deletion?.body && (
        <blockquote className="mt-1.5 line-clamp-4 border-l-2 border-line pl-2.5 text-sm whitespace-pre-wrap text-ink-2">
          {line.deletion.body}
        </blockquote>
      )}
    </li>
  )
}

/** What an older app does not know it does not show. */
function useSentence({ deed, deletion }: LogLine, faces: Faces): string | undefined {
  const t = useT()
  if (!deed) return deletion && deletionWords(t, deletion)
  const known = deletion?.author_name ?? faces.get(deed.member_id ?? '')?.name
  const values = { by: deed.by_name, name: known ?? t('log.somebody') }
  switch (deed.what) {
    case 'deleted':
    case 'silenced':
    case 'unsilenced':
    case 'barred':
    case 'unbarred':
      return t(`log.${deed.what}`, values)
    case 'slowed':
      return t('log.slowed', { ...values, n: Number(deed.details.seconds ?? 0) })
    case 'retention':
      return t('log.retention', { ...values, n: Number(deed.details.days ?? 0) })
    case 'terms':
      return t('log.terms', { ...values, n: Number(deed.details.count ?? 0) })
    case 'hook':
      return t(deed.details.made ? 'log.hook' : 'log.hook.end', {
        ...values,
        hook: String(deed.details.name),
      })
    case 'resolved':
      return t('log.resolved', { ...values, outcome: String(deed.details.outcome) })
    default:
      return undefined
  }
}

const deletionWords = (t: ReturnType<typeof useT>, { by_name: by, author_name: name, moderated }: Deleted) =>
  moderated ? t('log.deleted', { by, name }) : t('log.deleted.own', { by })

type Deleted = NonNullable<LogLine['deletion']>

/** Until when, and where it holds if not only here. */
function useDetails(room: Room, { deed }: LogLine): string[] {
  const t = useT()
  const all = useQuery(rooms).data
  if (!deed) return []
  const until = untilOf(deed)
  const elsewhere = deed.room !== room.id && all?.find(({ id }) => id === deed.room)?.title
  return [
    until && (isForEver(until) ? t('until.ever') : t('until', { when: whenOver(until) })),
    deed.details.whole_club === true && t('info.why.club'),
    elsewhere,
  ].filter((one): one is string => Boolean(one))
}

const untilOf = ({ details }: Deed) => (typeof details.until === 'string' ? details.until : undefined)
