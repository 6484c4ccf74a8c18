import { Dialog } from '@base-ui/react/dialog'
import type { ReactNode, RefObject } from 'react'

import { cx } from '@/lib/cx'

import { CloseIcon } from './icons'
import { useT } from './t'

export interface SheetProps {
  open: boolean
  onClose: () => void
  title: string
  /** One sentence under the title. */
  words?: ReactNode
  hideTitle?: boolean
  /** `sheet` rises from below on a phone and stands in the middle elsewhere; `side` slides in from the right. */
  look?: 'sheet' | 'side' | 'top'
  wide?: boolean
  children?: ReactNode
  /** Buttons at the bottom, always in view. */
  footer?: ReactNode
  initialFocus?: RefObject<HTMLElement | null>
}

const LOOKS = {
  sheet: cx(
    'inset-x-0 bottom-0 max-h-[88dvh] rounded-t-[1.25rem] pb-[env(safe-area-inset-bottom)]',
    'data-starting-style:translate-y-full data-ending-style:translate-y-full',
    'md:inset-auto md:top-1/2 md:left-1/2 md:max-h-[84dvh] md:-translate-x-1/2 md:-translate-y-1/2 md:rounded-card',
    'md:data-starting-style:-translate-y-[46%] md:data-starting-style:opacity-0',
    'md:data-ending-style:-translate-y-[48%] md:data-ending-style:opacity-0',
  ),
  side: cx(
    'inset-y-0 right-0 w-full max-w-md rounded-none border-y-0 border-r-0',
    'data-starting-style:translate-x-full data-ending-style:translate-x-full',
  ),
  top: cx(
    'inset-x-0 top-0 max-h-dvh md:inset-x-auto md:top-[12vh] md:left-1/2 md:max-h-[72vh] md:-translate-x-1/2 md:rounded-card',
    'data-starting-style:opacity-0 data-ending-style:opacity-0',
  ),
}

/** What asks for attention over the page. Escape and a press outside close it; focus comes back. */
export function SheetFrame(props: SheetProps) {
  const {
    open,
    onClose,
    title,
    words,
    hideTitle,
    look = 'sheet',
    wide,
    children,
    footer,
    initialFocus,
  } = props
  const t = useT()
  const width =
    look === 'side' ? '' : wide ? 'md:w-[min(44rem,calc(100vw-3rem))]' : 'md:w-[min(30rem,calc(100vw-3rem))]'
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-240 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          initialFocus={initialFocus}
          className={cx(
            'fixed z-50 flex flex-col border border-line bg-surface shadow-lift outline-none',
            'transition-[translate,opacity] duration-240',
            width,
            LOOKS[look],
          )}
        >
          <div className={cx('flex items-start gap-3 px-5 pt-5 pb-3', hideTitle && 'sr-only')}>
            <div className="min-w-0 flex-1">
              <Dialog.Title className="text-lg">{title}</Dialog.Title>
              {words && <Dialog.Description className="mt-1 text-sm text-ink-2">{words}</Dialog.Description>}
            </div>
            <Dialog.Close
              aria-label={t('close')}
              className="reach -mt-1 -mr-1 grid size-9 place-items-center rounded-control text-ink-3 hover:bg-sunken hover:text-ink"
            >
              <CloseIcon />
            </Dialog.Close>
          </div>
          <div className={cx('min-h-0 flex-1 overflow-y-auto', hideTitle ? '' : 'px-5 pb-5')}>{children}</div>
          {footer && <div className="flex justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
