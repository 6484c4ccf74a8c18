import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import { DotsIcon } from '@/components/icons'
import { PencilIcon, TrashIcon } from '@/components/icons-more'
import { Menu, MenuItem } from '@/components/Menu'

import { CancelSheet } from './CancelSheet'
import type { EventPage } from './queries'
import { useT } from './t'

/** For those who run the club, and only while there is something to change. */
export function HostMenu({ page, now }: { page: EventPage; now: number }) {
  const t = useT()
  const navigate = useNavigate()
  const [isCancelling, setCancelling] = useState(false)
  if (!page.may_edit || page.status === 'cancelled' || Date.parse(page.ends_at) <= now) return null
  return (
    <>
      <Menu label={t('host.menu')} icon={DotsIcon}>
        <MenuItem
          icon={PencilIcon}
          onSelect={() => void navigate({ to: '/schedule', search: { event: page.id } })}
        >
          {t('host.edit')}
        </MenuItem>
        <MenuItem icon={TrashIcon} danger onSelect={() => setCancelling(true)}>
          {t('host.cancel')}
        </MenuItem>
      </Menu>
      {isCancelling && <CancelSheet page={page} onClose={() => setCancelling(false)} />}
    </>
  )
}
