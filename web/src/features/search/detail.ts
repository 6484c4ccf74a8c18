import { dayAndTime } from '@/lib/format'

import type { Found } from './queries'

/** The line under a found thing's name. */
export function detailOf(found: Found): string {
  const { kind, person, club } = found
  if (kind === 'person') return person ? `@${person.handle}` : ''
  if (kind === 'event')
    return [found.starts_at && dayAndTime(found.starts_at), club?.name].filter(Boolean).join(', ')
  if (kind === 'club') return ''
  return [person?.name, club?.name].filter(Boolean).join(', ')
}
