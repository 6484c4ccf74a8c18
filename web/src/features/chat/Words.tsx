import { Fragment, type ReactNode } from 'react'

import type { Mention } from '@/lib/chat/wire'
import { cx } from '@/lib/cx'

const PARTS = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])|((?<![\p{L}\p{N}_@/.])@[\p{L}\p{N}_]{1,48})/gu

interface WordsProps {
  text: string
  mentions?: readonly Mention[]
  /** Whose eyes: her own name stands out more. */
  myId?: string
}

/** The text with its web addresses as links and its mentions marked. Nothing else in it means anything: it is shown as
 *  it was written. */
export function Words({ text, mentions = [], myId }: WordsProps) {
  const parts: ReactNode[] = []
  let from = 0
  for (const found of text.matchAll(PARTS)) {
    const [whole, address, named] = found
    const mention = named ? mentions.find((one) => isNamed(one, named)) : undefined
    if (named && !mention) continue
    parts.push(text.slice(from, found.index))
    parts.push(
      address ? <Address to={address} /> : mention && <Named mention={mention} whole={whole} myId={myId} />,
    )
    from = found.index + whole.length
  }
  return [...parts, text.slice(from)].map((part, place) => <Fragment key={place}>{part}</Fragment>)
}

const EVERYBODY = new Set(['room', 'all', 'everyone'])

const isNamed = ({ kind, name }: Mention, written: string) => {
  const word = written.slice(1).toLocaleLowerCase()
  if (kind === 'room') return EVERYBODY.has(word)
  return word === (kind === 'here' ? kind : name.toLocaleLowerCase())
}

function Address({ to }: { to: string }) {
  return (
    <a
      href={to}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="text-accent-text underline underline-offset-2"
    >
      {to}
    </a>
  )
}

function Named({ mention, whole, myId }: { mention: Mention; whole: string; myId?: string }) {
  const isMe = mention.kind !== 'member' || mention.id === myId
  return (
    <span className={cx('rounded-sm px-0.5 font-semibold text-accent-text', isMe ? 'bg-accent-soft' : '')}>
      {whole}
    </span>
  )
}
