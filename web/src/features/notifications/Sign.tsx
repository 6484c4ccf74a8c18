import { Avatar } from '@/components/Avatar'
import { Crest } from '@/components/Crest'
import { Hue } from '@/components/Hue'
import {
  CalendarIcon,
  ChatIcon,
  CheckIcon,
  ClockIcon,
  HeartIcon,
  PersonIcon,
  PickIcon,
  TrophyIcon,
  WarnIcon,
  type Icon,
} from '@/components/icons'
import { CommentIcon, ReplyIcon } from '@/components/icons-more'

import type { Notification } from './queries'

const SIGNS: Record<Notification['kind'], Icon> = {
  event_scheduled: CalendarIcon,
  event_changed: ClockIcon,
  event_cancelled: WarnIcon,
  event_reminder: ClockIcon,
  seat: CheckIcon,
  comment: CommentIcon,
  reply: ReplyIcon,
  reaction: HeartIcon,
  badge: TrophyIcon,
  message: ChatIcon,
  reported: WarnIcon,
  join_asked: PersonIcon,
  join_answered: PersonIcon,
  pick_settled: PickIcon,
}

/** Who it comes from, and in the corner what it is about. */
export function Sign({ of }: { of: Notification }) {
  const Glyph = SIGNS[of.kind]
  const [actor] = of.actors
  const isAboutClub = of.kind.startsWith('event') || of.kind === 'seat' || of.kind === 'join_answered'
  if (of.club && (isAboutClub || !actor))
    return (
      <Cornered glyph={Glyph} hue={of.club.hue}>
        <Crest name={of.club.name} hue={of.club.hue} size={40} />
      </Cornered>
    )
  if (actor)
    return (
      <Cornered glyph={Glyph} hue={of.club?.hue}>
        <Avatar person={actor} size={40} />
      </Cornered>
    )
  return (
    <span className="grid size-10 shrink-0 place-items-center rounded-pill bg-accent-soft text-accent-text">
      <Glyph />
    </span>
  )
}

interface CorneredProps {
  glyph: Icon
  hue: number | undefined
  children: React.ReactNode
}

function Cornered({ glyph: Glyph, hue, children }: CorneredProps) {
  return (
    <Hue as="span" value={hue} className="relative h-fit shrink-0">
      {children}
      <span className="absolute -right-1.5 -bottom-1.5 grid size-5.5 place-items-center rounded-pill border-2 border-paper bg-accent-soft text-accent-text">
        <Glyph size={12} />
      </span>
    </Hue>
  )
}
