import { DotsIcon } from '@/components/icons'
import {
  CommentIcon,
  CopyIcon,
  FlagIcon,
  LinkIcon,
  PencilIcon,
  PushpinIcon,
  ReplyIcon,
  SmileIcon,
  TrashIcon,
} from '@/components/icons-more'
import { Menu, MenuItem, MenuLine } from '@/components/Menu'
import { toast } from '@/lib/announce'
import type { Message } from '@/lib/chat/wire'
import { copyText } from '@/lib/copy'

import { EmojiButton } from './EmojiButton'
import { isMine, mayOf, togglePin, toggleReaction, useMay, useScene } from './scene'
import { useT } from './t'

const BUTTON = 'size-8 rounded-sm text-ink-2 hover:bg-sunken touch:size-10'

/** What can be done with a message: over its corner while it is pointed at, focused or tapped. */
export function Toolbar({ message }: { message: Message }) {
  const t = useT()
  const { me, acts, room, isThread } = useScene()
  const may = mayOf(room)
  if (!may.write) return null
  return (
    <div className="absolute -top-3.5 right-3 z-10 hidden items-center rounded-control border border-line bg-surface p-0.5 shadow-lift group-focus-within/row:flex group-hover/row:flex has-[[aria-expanded=true]]:flex md:right-7">
      <EmojiButton
        label={t('message.react')}
        icon={SmileIcon}
        size={18}
        className={BUTTON}
        onPick={(emoji) => toggleReaction(message, emoji, me.id)}
      />
      <Tool label={t('message.reply')} onClick={() => acts.reply(message)}>
        <ReplyIcon size={18} />
      </Tool>
      {!isThread && (
        <Tool label={t('message.thread')} onClick={() => acts.thread(message.thread ?? message.id)}>
          <CommentIcon size={18} />
        </Tool>
      )}
      <Menu label={t('message.more')} icon={DotsIcon} compact>
        <Items message={message} />
      </Menu>
    </div>
  )
}

interface ToolProps {
  label: string
  onClick: () => void
  children: React.ReactNode
}

function Tool({ label, onClick, children }: ToolProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className={`grid place-items-center ${BUTTON}`}
    >
      {children}
    </button>
  )
}

function Items({ message }: { message: Message }) {
  const t = useT()
  const { me, acts, room } = useScene()
  const may = useMay(room)
  const mine = isMine(message, me)
  const copy = (text: string) => void copyText(text).then(() => toast(t('message.copied')))
  const address = `${location.origin}/chat/${room.id}?at=${message.seq}`
  return (
    <>
      {mine && message.source === 'member' && (
        <MenuItem icon={PencilIcon} onSelect={() => acts.edit(message)}>
          {t('message.edit')}
        </MenuItem>
      )}
      {message.body && (
        <MenuItem icon={CopyIcon} onSelect={() => copy(message.body)}>
          {t('message.copy')}
        </MenuItem>
      )}
      <MenuItem icon={LinkIcon} onSelect={() => copy(address)}>
        {t('message.link')}
      </MenuItem>
      <MenuItem icon={PushpinIcon} onSelect={() => togglePin(message)}>
        {t(message.pinned ? 'message.unpin' : 'message.pin')}
      </MenuItem>
      {!mine && message.author_id && (
        <MenuItem icon={FlagIcon} onSelect={() => acts.report(message)}>
          {t('message.report')}
        </MenuItem>
      )}
      {(mine || may.moderate) && (
        <>
          <MenuLine />
          <MenuItem icon={TrashIcon} danger onSelect={() => acts.remove(message)}>
            {t('message.delete')}
          </MenuItem>
        </>
      )}
    </>
  )
}
