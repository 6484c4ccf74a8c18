import { Menu as Base } from '@base-ui/react/menu'
import type { ReactNode } from 'react'

import { cx } from '@/lib/cx'

import { MenuParts } from './menu-parts'

interface MenuPopupProps {
  label: string
  anchor: HTMLElement | null
  open: boolean
  onClose: () => void
  align: 'start' | 'center' | 'end'
  side: 'top' | 'bottom' | 'right'
  children: ReactNode
}

/** The list itself, with the machinery that places it and moves through it. */
export function MenuPopup({ label, anchor, open, onClose, align, side, children }: MenuPopupProps) {
  const onOpenChange = (next: boolean, { event }: { event: Event }) => {
    // A press on the trigger closes by the trigger's own click; closing here too would open it again.
    const isOnTrigger = event.target instanceof Node && anchor?.contains(event.target)
    if (!next && !(isOnTrigger && event.type !== 'keydown')) onClose()
  }
  return (
    <MenuParts value={Base}>
      <Base.Root modal={false} open={open} onOpenChange={onOpenChange}>
        <Base.Portal>
          <Base.Positioner
            anchor={anchor}
            align={align}
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 outline-none"
          >
            <Base.Popup
              aria-label={label}
              finalFocus={() => anchor}
              className={cx(
                'max-w-72 min-w-44 rounded-[0.75rem] border border-line bg-surface p-1 shadow-lift outline-none',
                'origin-(--transform-origin) transition-[opacity,scale] duration-120',
                'data-ending-style:opacity-0 data-starting-style:scale-97 data-starting-style:opacity-0',
              )}
            >
              {children}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </MenuParts>
  )
}
