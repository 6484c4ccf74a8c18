import type { Deed, Deletion, LogPage } from './queries'

/** One line of the log: an act of moderation, or a deletion, or both where a moderator deleted. */
export interface LogLine {
  id: string
  at: string
  deed?: Deed
  deletion?: Deletion
}

/** The lines of the pages read so far, newest first, as far back as both records are known. */
export function linesOf(pages: readonly LogPage[]): LogLine[] {
  const deeds = pages.flatMap((page) => page.deeds)
  const deletions = pages.flatMap((page) => page.deletions)
  const next = pages.at(-1)?.next
  const known = Math.max(edge(deeds, next?.cursor), edge(deletions, next?.before))
  const of = new Map(deletions.map((deletion) => [deletion.message, deletion]))
  const isDeleting = (deed: Deed) => deed.what === 'deleted' && deed.message_id !== null
  const noted = new Set(deeds.filter(isDeleting).map(({ message_id }) => message_id))
  const lines: LogLine[] = [
    ...deeds.map((deed) => ({
      id: deed.id,
      at: deed.at,
      deed,
      deletion: isDeleting(deed) ? of.get(deed.message_id ?? '') : undefined,
    })),
    ...deletions
      .filter(({ message }) => !noted.has(message))
      .map((deletion) => ({ id: deletion.message, at: deletion.at, deletion })),
  ]
  return lines
    .filter(({ at }) => Date.parse(at) >= known)
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
}

/** From when on a record is known: always, once it is read to its end. */
const edge = (lines: readonly { at: string }[], next: string | number | null | undefined) =>
  next === null || next === undefined ? 0 : Date.parse(lines.at(-1)?.at ?? '')
