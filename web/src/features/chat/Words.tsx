import { Fragment, type ReactNode } from 'react'

import type { Mention } from '@/lib/chat/wire'
import { cx } from '@/lib/cx'

const CODE = /```\n?([\s\S]*?)(?:```|$)|`([^`\n]+)`/g
const PARTS = new RegExp(
  [
    String.raw`(?<address>https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])`,
    String.raw`(?<named>(?<![\p{L}\p{N}_@/.])@[\p{L}\p{N}_]{1,48})`,
    String.raw`(?<![\p{L}\p{N}_*\\])(?<mark>\*\*|\*|_)(?=[^\s_*])(?<inner>[^\n]*?[^\s\\])\k<mark>(?![\p{L}\p{N}_*])`,
  ].join('|'),
  'gu',
)

interface WordsProps {
  text: string
  mentions?: readonly Mention[]
  /** Whose eyes: her own name stands out more. */
  myId?: string
}

/**
 * The text with its web addresses as links, its mentions marked, `code`, *strong* and _stressed_ words. Nothing else in it
 * means anything: it is shown as it was written, and never as HTML.
 */
export function Words({ text, mentions = [], myId }: WordsProps) {
  const parts: ReactNode[] = []
  let from = 0
  const plain = (to: number) => parts.push(...marked(text.slice(from, to), mentions, myId))
  for (const found of text.matchAll(CODE)) {
    plain(found.index)
    parts.push(found[1] === undefined ? <Code words={found[2] ?? ''} /> : <Block words={found[1]} />)
    from = found.index + found[0].length
  }
  plain(text.length)
  return parts.map((part, place) => <Fragment key={place}>{part}</Fragment>)
}

function marked(text: string, mentions: readonly Mention[], myId: string | undefined): ReactNode[] {
  const parts: ReactNode[] = []
  let from = 0
  for (const found of text.matchAll(PARTS)) {
    const { address, named, mark, inner = '' } = found.groups ?? {}
    const mention = named && mentions.find((one) => isNamed(one, named))
    if (named && !mention) continue
    parts.push(text.slice(from, found.index))
    if (address) parts.push(<Address to={address} />)
    else if (mention) parts.push(<Named mention={mention} whole={found[0]} myId={myId} />)
    else
      parts.push(
        mark === '_' ? stressed('em', inner, mentions, myId) : stressed('strong', inner, mentions, myId),
      )
    from = found.index + found[0].length
  }
  return [...parts, text.slice(from)]
}

function stressed(
  Tag: 'em' | 'strong',
  text: string,
  mentions: readonly Mention[],
  myId: string | undefined,
) {
  const inner = marked(text, mentions, myId)
  return (
    <Tag className={Tag === 'strong' ? 'font-semibold' : undefined}>
      {inner.map((part, place) => (
        <Fragment key={place}>{part}</Fragment>
      ))}
    </Tag>
  )
}

const EVERYBODY = new Set(['room', 'all', 'everyone'])

const isNamed = ({ kind, name }: Mention, written: string) => {
  const word = written.slice(1).toLocaleLowerCase()
  if (kind === 'room') return EVERYBODY.has(word)
  return word === (kind === 'here' ? kind : name.toLocaleLowerCase())
}

function Code({ words }: { words: string }) {
  return <code className="rounded-sm bg-sunken px-1 font-code text-sm">{words}</code>
}

function Block({ words }: { words: string }) {
  return (
    <code className="my-1 block overflow-x-auto rounded-control border border-line bg-sunken px-3 py-2 font-code text-sm whitespace-pre">
      {words.replace(/\n$/, '')}
    </code>
  )
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
    <span className={cx('rounded-sm px-0.5 font-semibold text-accent-text', isMe && 'bg-accent-soft')}>
      {whole}
    </span>
  )
}
