import { Link, type LinkProps } from '@tanstack/react-router'

import { ChatIcon, ChevronIcon, ClubIcon, type Icon } from '@/components/icons'
import { AddEventIcon, PencilIcon, UploadIcon } from '@/components/icons-more'
import { Sheet } from '@/components/Sheet'

import { useT } from '../t'

const BEGINNINGS = [
  { key: 'post', icon: PencilIcon, link: { to: '/', search: { compose: true } } },
  { key: 'event', icon: AddEventIcon, link: { to: '/schedule' } },
  { key: 'reel', icon: UploadIcon, link: { to: '/reels', search: { upload: true } } },
  { key: 'message', icon: ChatIcon, link: { to: '/chat' } },
  { key: 'club', icon: ClubIcon, link: { to: '/clubs' } },
] as const satisfies readonly { key: string; icon: Icon; link: LinkProps }[]

/** What a member can begin. */
export function CreateSheet({ onClose }: { onClose: () => void }) {
  const t = useT()
  return (
    <Sheet open onClose={onClose} title={t('create')}>
      <ul className="divide-y divide-line">
        {BEGINNINGS.map(({ key, icon: Glyph, link }) => (
          <li key={key}>
            <Link {...link} onClick={onClose} className="flex min-h-14 items-center gap-4 py-2">
              <span className="grid size-10 place-items-center rounded-control bg-sunken">
                <Glyph />
              </span>
              <span className="flex-1">
                <span className="block font-semibold">{t(`create.${key}`)}</span>
                <span className="block text-sm text-ink-3">{t(`create.${key}.words`)}</span>
              </span>
              <ChevronIcon size={18} className="text-ink-3" />
            </Link>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
