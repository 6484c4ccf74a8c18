import type { ReactNode } from 'react'

import { HoloDot } from './HoloMark'
import { DotsIcon } from './icons'
import { Menu, MenuItem } from './Menu'
import { useT } from './t'

interface ReasonLineProps {
  /** Why this is shown, in words. */
  reason: string
  onLess?: () => void
  onWhy?: () => void
  /** More items for the menu. */
  children?: ReactNode
}

/** The second signature: a recommended thing begins with why, and can be answered back. */
export function ReasonLine({ reason, onLess, onWhy, children }: ReasonLineProps) {
  const t = useT()
  const hasMenu = onLess ?? onWhy ?? children
  return (
    <div className="mb-2 flex min-h-6 items-center gap-2 text-sm text-ink-2">
      <HoloDot />
      <span className="min-w-0 flex-1">{reason}</span>
      {hasMenu && (
        <Menu label={t('reason.menu')} icon={DotsIcon} compact>
          {onWhy && <MenuItem onSelect={onWhy}>{t('reason.why')}</MenuItem>}
          {onLess && <MenuItem onSelect={onLess}>{t('reason.less')}</MenuItem>}
          {children}
        </Menu>
      )}
    </div>
  )
}
