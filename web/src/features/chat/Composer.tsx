import { useEffect, useRef, useState, type ClipboardEvent, type DragEvent, type KeyboardEvent } from 'react'

import { SendIcon } from '@/components/icons'
import { PaperclipIcon, SmileIcon } from '@/components/icons-more'
import { toast } from '@/lib/announce'
import { write } from '@/lib/chat/outbox'
import type { Message } from '@/lib/chat/wire'
import { cx } from '@/lib/cx'
import type { Room } from '@/lib/queries/rooms'

import { ComposerBar } from './ComposerBar'
import { useDraft } from './draft'
import { EmojiButton } from './EmojiButton'
import { withdrawAttachment } from './queries'
import { gist } from './scene'
import { SuggestionList } from './SuggestionList'
import { useT } from './t'
import { useTellTyping } from './typing'
import { UploadList } from './UploadList'
import { MOST_FILES, useUploads } from './uploads'
import { useSuggestions } from './useSuggestions'

export type Mode = { kind: 'new' } | { kind: 'reply'; to: Message } | { kind: 'edit'; message: Message }

interface ComposerProps {
  room: Room
  label: string
  thread?: string
  mode: Mode
  onMode: (mode: Mode) => void
  /** ↑ in the empty field: the last own message. */
  onLast?: () => void
  onSent: () => void
}

const LONGEST = 8000
const NEW: Mode = { kind: 'new' }

/** One field that grows. Enter sends, Shift+Enter breaks the line, ↑ edits the last message, Escape goes back. */
export function Composer(props: ComposerProps) {
  const { room, label, thread, mode, onMode } = props
  const t = useT()
  const [draft, setDraft] = useDraft(room, thread)
  const [edited, setEdited] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const uploads = useUploads(room.id, thread, (id) => withdrawAttachment(room.id, id))
  const tellTyping = useTellTyping(room.id)
  const isEdit = mode.kind === 'edit'
  const text = isEdit ? edited : draft
  const setText = isEdit ? setEdited : setDraft
  const suggestions = useSuggestions(room.id, text, field, setText)
  const isTooLong = text.trim().length > LONGEST
  const hasFiles = uploads.all.length > 0 && !isEdit
  const isReady = (text.trim() !== '' || hasFiles) && !isTooLong && (isEdit || uploads.isReady)

  useEffect(() => grow(field.current), [text])
  useEffect(() => {
    if (thread || matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [thread])
  const [wasMode, setWasMode] = useState(mode)
  if (wasMode !== mode) {
    setWasMode(mode)
    if (mode.kind === 'edit') setEdited(mode.message.body)
  }
  useEffect(() => {
    if (mode.kind !== 'new') field.current?.focus()
  }, [mode])

  const send = () => {
    if (hasFiles && !uploads.isReady) toast(t(uploads.hasFault ? 'upload.failed' : 'upload.wait'))
    if (!isReady) return
    const body = text.trim()
    if (mode.kind === 'edit') {
      const { message } = mode
      if (body !== message.body) write(room.id, { kind: 'edit', target: message.id, body })
    } else {
      write(room.id, { kind: 'send', body, at: new Date().toISOString(), ...extras() })
      setDraft('')
      uploads.clear()
      props.onSent()
    }
    onMode(NEW)
  }
  const extras = () => ({
    ...(mode.kind === 'reply' && {
      reply_to: {
        id: mode.to.id,
        seq: mode.to.seq,
        author_name: mode.to.author_name,
        preview: gist(mode.to),
      },
    }),
    ...(thread && { thread }),
    ...(hasFiles && {
      attachments: uploads.all.flatMap(({ done, alt }) =>
        done ? { ...done, alt: alt.trim() || done.alt } : [],
      ),
    }),
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || suggestions.onKeyDown(event)) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      send()
    } else if (event.key === 'Escape' && mode.kind !== 'new') {
      event.preventDefault()
      event.stopPropagation()
      onMode(NEW)
    } else if (event.key === 'ArrowUp' && text === '' && mode.kind === 'new') {
      event.preventDefault()
      props.onLast?.()
    }
  }
  const addFiles = (files: FileList | null | undefined) => {
    if (!files || files.length === 0 || isEdit) return false
    if (files.length + uploads.all.length > MOST_FILES) toast(t('upload.many', { n: MOST_FILES }))
    uploads.add(files)
    return true
  }
  const drop = useDrop(addFiles)

  return (
    <form
      className={cx('relative mx-3 mb-3', !thread && 'md:mx-7 md:mb-5')}
      {...drop.wiring}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {suggestions.all.length > 0 && <SuggestionList {...suggestions.list} />}
      <div
        className={cx(
          'rounded-card border bg-surface focus-within:border-ink-3',
          drop.isOver ? 'border-accent bg-accent-soft' : 'border-line',
        )}
      >
        <ComposerBar mode={mode} onCancel={() => onMode(NEW)} />
        {!isEdit && <UploadList uploads={uploads} onDone={() => field.current?.focus()} />}
        <div className="flex items-end gap-1 py-1.5 pr-2 pl-1.5">
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              addFiles(event.target.files)
              event.target.value = ''
            }}
          />
          {!isEdit && (
            <button
              type="button"
              aria-label={t('composer.attach')}
              title={t('composer.attach')}
              onClick={() => picker.current?.click()}
              className="grid size-11 shrink-0 place-items-center rounded-control text-ink-3 hover:bg-sunken hover:text-ink"
            >
              <PaperclipIcon size={20} />
            </button>
          )}
          <textarea
            ref={field}
            rows={1}
            value={text}
            aria-label={label}
            placeholder={
              drop.isOver
                ? t('composer.drop')
                : thread
                  ? label
                  : t('composer.placeholder', { room: room.title })
            }
            className="max-h-48 min-h-11 min-w-0 flex-1 resize-none bg-transparent px-1.5 py-2.5 text-md leading-6 outline-none placeholder:text-ink-3"
            {...suggestions.wiring}
            onKeyDown={onKeyDown}
            onPaste={(event: ClipboardEvent) => {
              if (addFiles(event.clipboardData.files)) event.preventDefault()
            }}
            onChange={(event) => {
              setText(event.target.value)
              suggestions.look(event.target.selectionStart)
              if (!isEdit) tellTyping(event.target.value !== '')
            }}
          />
          <EmojiButton
            label={t('composer.emoji')}
            icon={SmileIcon}
            size={20}
            className="hidden size-11 rounded-control text-ink-3 hover:bg-sunken sm:grid"
            onPick={(emoji) => insert(field.current, emoji, setText)}
          />
          <button
            type="submit"
            disabled={!isReady}
            aria-label={t(isEdit ? 'composer.edit.save' : 'composer.send')}
            className={cx(
              'mb-0.5 grid size-11 shrink-0 place-items-center rounded-control bg-accent text-accent-ink',
              'transition-[opacity,scale] active:scale-95 disabled:opacity-35',
            )}
          >
            <SendIcon size={20} />
          </button>
        </div>
      </div>
      {isTooLong && (
        <p role="alert" className="mt-1.5 px-1 text-sm text-bad">
          {t('composer.tooLong', { n: text.trim().length - LONGEST })}
        </p>
      )}
    </form>
  )
}

function useDrop(take: (files: FileList | null | undefined) => unknown) {
  const [isOver, setOver] = useState(false)
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(true)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return { isOver, wiring: { onDragOver, onDragLeave: () => setOver(false), onDrop } }
}

function insert(field: HTMLTextAreaElement | null, piece: string, setText: (text: string) => void) {
  if (!field) return
  const { value, selectionStart: from, selectionEnd: to } = field
  setText(value.slice(0, from) + piece + value.slice(to))
  requestAnimationFrame(() => {
    field.focus()
    field.setSelectionRange(from + piece.length, from + piece.length)
  })
}

function grow(field: HTMLTextAreaElement | null) {
  if (!field) return
  field.style.height = 'auto'
  field.style.height = `${field.scrollHeight}px`
}
