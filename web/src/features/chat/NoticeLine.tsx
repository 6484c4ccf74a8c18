import type { NoticeEvent } from '@/lib/chat/wire'

import { useT } from './t'

interface Named {
  name: string
}

/** A line of the room's own. What this app does not know it does not show. */
export function NoticeLine({ notice }: { notice: NoticeEvent }) {
  const said = useWords(notice)
  return said ? <p className="py-2 text-center text-xs text-ink-3">{said}</p> : <i className="block h-px" />
}

function useWords({ what, by_name: by, subject }: NoticeEvent): string | undefined {
  const t = useT()
  const members = (subject.members ?? []) as readonly Named[]
  const name = members[0]?.name || by
  const others = Number(subject.count ?? members.length) - 1
  switch (what) {
    case 'joined':
      return others > 0 ? t('notice.joined.more', { name, n: others }) : t('notice.joined', { name })
    case 'left':
      return t('notice.left', { name })
    case 'removed':
    case 'barred':
    case 'silenced':
    case 'unsilenced':
      return t(`notice.${what}`, { by, name })
    case 'role':
      return t('notice.role', { name, role: String(subject.role) })
    case 'renamed':
      return t('notice.renamed', { by, title: String(subject.title) })
    case 'made':
    case 'topic':
    case 'archived':
    case 'reopened':
    case 'poll_closed':
      return t(`notice.${what}`, { by })
    case 'slow_mode':
      return t('notice.slow_mode', { by, seconds: Number(subject.seconds ?? 0) })
    case 'retention':
      return t('notice.retention', { days: Number(subject.days ?? 0) })
    case 'truncated':
    case 'event_cancelled':
      return t(`notice.${what}`)
    default:
      return undefined
  }
}
