import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'

import { Avatar } from '@/components/Avatar'
import { Button } from '@/components/Button'
import { ClubIcon, LockIcon } from '@/components/icons'
import { AddEventIcon, LinkIcon } from '@/components/icons-more'
import { toast } from '@/lib/announce'
import { asProblem } from '@/lib/api'
import { copyText } from '@/lib/copy'

import { saveCalendarFile } from './ics'
import type { EventPage } from './queries'
import { useT } from './t'
import { TalkButton } from './TalkButton'

/** Who organises, who may see it, and how to take it along. */
export function Facts({ page, now }: { page: EventPage; now: number }) {
  const t = useT()
  const isPublic = page.visibility === 'public'
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-x-7 gap-y-2.5 text-sm text-ink-2">
        {page.host && (
          <Link
            to="/m/$handle"
            params={{ handle: page.host.handle }}
            className="inline-flex items-center gap-2 hover:text-ink"
          >
            <Avatar person={page.host} size={24} />
            {t('fact.host', { name: page.host.name })}
          </Link>
        )}
        <span className="inline-flex items-center gap-2">
          {isPublic ? <ClubIcon size={18} /> : <LockIcon size={18} />}
          {t(isPublic ? 'fact.public' : 'fact.club', { club: page.club.name })}
        </span>
      </div>
      {page.status !== 'cancelled' && Date.parse(page.ends_at) > now && (
        <div className="flex flex-wrap gap-2">
          {page.my_answer?.answer === 'yes' && <TalkButton eventId={page.id} />}
          <CalendarFile page={page} />
          <Copy>{t('copy')}</Copy>
        </div>
      )}
    </div>
  )
}

function CalendarFile({ page }: { page: EventPage }) {
  const t = useT()
  const [isBusy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      await saveCalendarFile(page.id, page.title)
    } catch (reason) {
      toast(asProblem(reason).message)
    }
    setBusy(false)
  }
  return (
    <Button size="sm" icon={AddEventIcon} busy={isBusy} onClick={() => void save()}>
      {t('ics')}
    </Button>
  )
}

function Copy({ children }: { children: ReactNode }) {
  const t = useT()
  const copy = async () => {
    toast((await copyText(location.href)) ? t('copied') : location.href)
  }
  return (
    <Button size="sm" tone="quiet" icon={LinkIcon} onClick={() => void copy()}>
      {children}
    </Button>
  )
}
