import { Popover } from '@base-ui/react/popover'
import { useRef, useState, type KeyboardEvent } from 'react'

import { cx } from '@/lib/cx'

import { EMOJIS, found, recent, used, type Emoji } from './emojis'
import { useT } from './t'

interface EmojiPopupProps {
  label: string
  anchor: HTMLElement | null
  onPick: (emoji: string) => void
  onClose: () => void
}

const ACROSS = 8

/** A field that narrows, and the emoji in rows of eight. Arrows move, Enter picks, Escape closes. */
export function EmojiPopup({ label, anchor, onPick, onClose }: EmojiPopupProps) {
  const t = useT()
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const pick = (emoji: string) => {
    used(emoji)
    onPick(emoji)
  }
  const lately = recent().map((emoji) => ({ emoji, name: emoji }))
  const groups: (readonly [string, readonly Emoji[]])[] = text.trim()
    ? [['', found(text)]]
    : [
        ...(lately.length > 0 ? [[t('emoji.recent'), lately] as const] : []),
        ...EMOJIS.map(([group, all]) => [t(`emoji.${group}`), all] as const),
      ]
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 outline-none"
        >
          <Popover.Popup
            aria-label={label}
            initialFocus={field}
            // The button over a message is gone with the picker; the message itself stays.
            finalFocus={() => anchor?.closest<HTMLElement>('[data-message]') ?? anchor}
            className="flex h-80 w-84 max-w-[calc(100vw-1rem)] flex-col rounded-card border border-line bg-surface shadow-lift outline-none"
            onKeyDown={steer}
          >
            <input
              ref={field}
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                const first = groups[0]?.[1][0]
                if (event.key === 'Enter' && text.trim() && first) pick(first.emoji)
              }}
              aria-label={t('emoji.find')}
              placeholder={t('emoji.find')}
              className="m-2 h-10 rounded-control border border-line bg-paper px-3 text-md outline-none focus:border-ink-3"
            />
            <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
              {groups.map(([name, all]) => (
                <Group key={name} name={name} all={all} onPick={pick} />
              ))}
              {text.trim() !== '' && groups[0]?.[1].length === 0 && (
                <p className="px-2 py-6 text-center text-sm text-ink-2">{t('emoji.none')}</p>
              )}
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

interface GroupProps {
  name: string
  all: readonly Emoji[]
  onPick: (emoji: string) => void
}

function Group({ name, all, onPick }: GroupProps) {
  return (
    <div role="group" aria-label={name || undefined}>
      {name && <p className="px-1.5 pt-2 pb-1 text-xs font-semibold text-ink-3">{name}</p>}
      <div className="grid grid-cols-8">
        {all.map(({ emoji, name: words }) => (
          <button
            key={emoji}
            type="button"
            data-emoji
            aria-label={words}
            title={words}
            onClick={() => onPick(emoji)}
            className={cx('grid aspect-square place-items-center rounded-control text-lg hover:bg-sunken')}
          >
            {emoji}
          </button>
        ))}
      </div>
    </div>
  )
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: ACROSS, ArrowUp: -ACROSS }

function steer(event: KeyboardEvent<HTMLElement>) {
  const step = STEPS[event.key]
  const isField = event.target instanceof HTMLInputElement
  if (step === undefined || (isField && event.key !== 'ArrowDown')) return
  event.preventDefault()
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-emoji]')]
  const at = all.indexOf(document.activeElement as HTMLElement)
  all[isField ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]?.focus()
}
