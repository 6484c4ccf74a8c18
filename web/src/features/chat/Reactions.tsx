import { PlusIcon } from '@/components/icons'
import type { Message } from '@/lib/chat/wire'
import { cx } from '@/lib/cx'
import { someNames } from '@/lib/format'

import { EmojiButton } from './EmojiButton'
import { toggleReaction, useScene } from './scene'
import { useT } from './t'

/** Who felt what. A press adds mine or takes it back, at once. */
export function Reactions({ message }: { message: Message }) {
  const t = useT()
  const { me, faces, room } = useScene()
  if (message.reactions.length === 0) return null
  const nameOf = (id: string) => (id === me.id ? t('chat.you') : (faces.get(id)?.name ?? ''))
  return (
    <div className="flex flex-wrap gap-1.5 py-1">
      {message.reactions.map(({ emoji, members, count }) => {
        const isOn = members.includes(me.id)
        const names = someNames(members.map(nameOf).filter(Boolean), count, 8)
        return (
          <button
            key={emoji}
            type="button"
            aria-pressed={isOn}
            aria-label={t('message.reaction', { emoji, n: count, names })}
            title={names}
            disabled={Boolean(room.archived_at)}
            onClick={() => toggleReaction(message, emoji, me.id)}
            className={cx(
              'num reach inline-flex h-7 items-center gap-1 rounded-pill border px-2.5 text-sm font-semibold',
              'transition-[background-color,border-color,scale] active:scale-95',
              isOn
                ? 'border-accent bg-accent-soft text-accent-text'
                : 'border-line bg-surface hover:border-ink-3',
            )}
          >
            <span aria-hidden="true">{emoji}</span>
            {count}
          </button>
        )
      })}
      {!room.archived_at && (
        <EmojiButton
          label={t('message.react')}
          icon={PlusIcon}
          className="size-7 rounded-pill border border-line bg-surface text-ink-3"
          onPick={(emoji) => toggleReaction(message, emoji, me.id)}
        />
      )}
    </div>
  )
}
