import { CloseIcon } from '@/components/icons'
import { PencilIcon, ReplyIcon } from '@/components/icons-more'

import type { Mode } from './Composer'
import { gist } from './scene'
import { useT } from './t'

/** Over the field: what is answered or edited, and the way back. */
export function ComposerBar({ mode, onCancel }: { mode: Mode; onCancel: () => void }) {
  const t = useT()
  if (mode.kind === 'new') return null
  const isReply = mode.kind === 'reply'
  const message = isReply ? mode.to : mode.message
  const Glyph = isReply ? ReplyIcon : PencilIcon
  return (
    <div className="flex items-center gap-2.5 border-b border-line py-2 pr-2 pl-3.5 text-sm">
      <Glyph size={16} className="shrink-0 text-ink-3" />
      <p className="min-w-0 flex-1 truncate">
        <span className="font-semibold">
          {isReply ? t('composer.reply', { name: message.author_name }) : t('composer.edit')}
        </span>{' '}
        <span className="text-ink-3">{gist(message)}</span>
      </p>
      <button
        type="button"
        aria-label={t(isReply ? 'composer.reply.cancel' : 'composer.edit.cancel')}
        onClick={onCancel}
        className="reach grid size-7 place-items-center rounded-sm text-ink-3 hover:bg-sunken hover:text-ink"
      >
        <CloseIcon size={16} />
      </button>
    </div>
  )
}
