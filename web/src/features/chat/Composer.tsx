import { useEffect, useRef, useState, type KeyboardEvent } from 'react'

import { SendIcon } from '@/components/icons'
import { cx } from '@/lib/cx'

import { sendMessage } from './outbox'
import { useT } from './t'
import { useTellTyping } from './typing'

const LONGEST = 8000
const draftKey = (roomId: string) => `draft:${roomId}`

/** One field that grows, and a button. Enter sends, Shift+Enter breaks the line; a draft waits per room. */
export function Composer({ roomId, title, onSent }: { roomId: string; title: string; onSent: () => void }) {
  const t = useT()
  const [text, setText] = useState(() => localStorage.getItem(draftKey(roomId)) ?? '')
  const field = useRef<HTMLTextAreaElement>(null)
  const tellTyping = useTellTyping(roomId)
  const isTooLong = text.trim().length > LONGEST
  const isReady = text.trim() !== '' && !isTooLong

  useEffect(() => grow(field.current), [text])
  useEffect(() => {
    if (matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [])

  const change = (next: string) => {
    setText(next)
    if (next === '') localStorage.removeItem(draftKey(roomId))
    else localStorage.setItem(draftKey(roomId), next)
  }
  const send = () => {
    if (!isReady) return
    sendMessage(roomId, text.trim())
    change('')
    onSent()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }

  return (
    <form
      className="mx-3 mb-3 md:mx-7 md:mb-5"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div className="flex items-end gap-2 rounded-card border border-line bg-surface py-1.5 pr-2 pl-4 focus-within:border-ink-3">
        <textarea
          ref={field}
          rows={1}
          value={text}
          aria-label={t('composer.label', { room: title })}
          placeholder={t('composer.placeholder', { room: title })}
          className="max-h-48 min-h-11 flex-1 resize-none bg-transparent py-2.5 text-md leading-6 outline-none placeholder:text-ink-3"
          onKeyDown={onKeyDown}
          onChange={(event) => {
            change(event.target.value)
            tellTyping()
          }}
        />
        <button
          type="submit"
          disabled={!isReady}
          aria-label={t('composer.send')}
          className={cx(
            'mb-0.5 grid size-11 shrink-0 place-items-center rounded-control bg-accent text-accent-ink',
            'transition-[opacity,scale] active:scale-95 disabled:opacity-35',
          )}
        >
          <SendIcon size={20} />
        </button>
      </div>
      {isTooLong && (
        <p role="alert" className="mt-1.5 px-1 text-sm text-bad">
          {t('composer.tooLong', { n: text.trim().length - LONGEST })}
        </p>
      )}
    </form>
  )
}

function grow(field: HTMLTextAreaElement | null) {
  if (!field) return
  field.style.height = 'auto'
  field.style.height = `${field.scrollHeight}px`
}
