import type { ReactNode } from 'react'

import { Avatar } from '@/components/Avatar'
import type { Message } from '@/lib/chat/wire'
import { useNow } from '@/lib/clock'
import { listTime } from '@/lib/format'

import { faceOf, gist, useScene } from './scene'

interface MessageLineProps {
  message: Pick<Message, 'author_id' | 'author_name' | 'at' | 'body' | 'attachments' | 'card'>
  onOpen: () => void
  /** In place of its words: with what was looked for marked. */
  children?: ReactNode
}

/** A message in a list beside the talk; it leads to its place. */
export function MessageLine({ message, onOpen, children }: MessageLineProps) {
  const { faces } = useScene()
  const now = useNow(60_000)
  const face = faceOf(message, faces)
  return (
    <li className="border-b border-line last:border-0">
      <button
        type="button"
        onClick={onOpen}
        className="flex w-full items-start gap-3 rounded-control px-2 py-3 text-left hover:bg-sunken"
      >
        <Avatar person={face} size={32} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline justify-between gap-2">
            <span className="truncate text-sm font-semibold">{face.name}</span>
            <span className="num shrink-0 text-xs text-ink-3">{listTime(message.at, now)}</span>
          </span>
          <span className="line-clamp-3 text-md whitespace-pre-wrap">{children ?? gist(message)}</span>
        </span>
      </button>
    </li>
  )
}
