import { lazy, Suspense, useState } from 'react'

import type { Icon } from '@/components/icons'
import { cx } from '@/lib/cx'

// The picker and its names come with the first wish for one.
const load = () => import('./EmojiPopup')
const Popup = lazy(() => load().then((module) => ({ default: module.EmojiPopup })))

interface EmojiButtonProps {
  label: string
  icon: Icon
  size?: number
  className?: string
  onPick: (emoji: string) => void
}

/** A button that opens the emoji picker. */
export function EmojiButton({ label, icon: Glyph, size = 16, className, onPick }: EmojiButtonProps) {
  const [anchor, setAnchor] = useState<HTMLButtonElement | null>(null)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        ref={setAnchor}
        type="button"
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={() => void load()}
        onClick={() => setOpen((was) => !was)}
        className={cx('reach grid shrink-0 place-items-center hover:text-ink', className)}
      >
        <Glyph size={size} />
      </button>
      <Suspense>
        {isOpen && (
          <Popup
            label={label}
            anchor={anchor}
            onClose={() => setOpen(false)}
            onPick={(emoji) => {
              setOpen(false)
              onPick(emoji)
            }}
          />
        )}
      </Suspense>
    </>
  )
}
