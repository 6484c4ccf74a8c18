import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'

import { HeartIcon, type Icon } from '@/components/icons'
import { CaptionsIcon, MutedIcon, PencilIcon, ShareIcon, SoundIcon, TrashIcon } from '@/components/icons-more'
import { Confirm } from '@/components/Sheet'
import { toast } from '@/lib/announce'
import { api } from '@/lib/api'
import { copyText } from '@/lib/copy'
import { cx } from '@/lib/cx'
import { compact } from '@/lib/format'

import { CaptionsSheet } from './CaptionsSheet'
import { drop, type Reel } from './queries'
import { toggleSound } from './sound'
import { useT } from './t'

interface ActionsProps {
  reel: Reel
  muted: boolean
  /** Undefined where there are none. */
  hasCaptions: boolean | undefined
  onCaptions: () => void
  onLike: () => void
  className?: string
}

/** What can be done with a reel, under the thumb. */
export function Actions({ reel, muted, hasCaptions, onCaptions, onLike, className }: ActionsProps) {
  const t = useT()
  const share = async () => {
    const url = `${location.origin}/reels?reel=${reel.id}`
    if (await copyText(url)) toast(t('shared'))
    else toast(url)
  }
  return (
    <div className={cx('z-10 flex flex-col items-center gap-3', className)}>
      <Act
        icon={HeartIcon}
        label={t(reel.liked ? 'unlike' : 'like')}
        isOn={reel.liked}
        filled={reel.liked}
        onPress={onLike}
        words={reel.likes > 0 ? compact(reel.likes) : undefined}
      />
      <Act
        icon={muted ? MutedIcon : SoundIcon}
        label={t(muted ? 'sound.on' : 'sound.off')}
        onPress={toggleSound}
      />
      {hasCaptions !== undefined && (
        <Act icon={CaptionsIcon} label={t('captions')} isOn={hasCaptions} onPress={onCaptions} />
      )}
      <Act icon={ShareIcon} label={t('copy')} onPress={() => void share()} />
      {reel.mine && <Own reel={reel} />}
    </div>
  )
}

interface ActProps {
  icon: Icon
  label: string
  onPress: () => void
  isOn?: boolean
  filled?: boolean
  words?: ReactNode
}

function Act({ icon: Glyph, label, onPress, isOn, filled = false, words }: ActProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      title={label}
      onClick={onPress}
      className="flex flex-col items-center gap-1 text-white"
    >
      <span
        className={cx(
          'grid size-11 place-items-center rounded-pill backdrop-blur-sm transition-[background-color,scale] active:scale-90',
          isOn && !filled ? 'bg-white text-black' : 'bg-black/45 hover:bg-black/65',
        )}
      >
        <Glyph
          size={22}
          fill={filled ? 'currentColor' : 'none'}
          className={cx('transition-[scale]', filled && 'scale-110 text-live')}
        />
      </span>
      <span className="sr-only">{label}</span>
      {words && (
        <span aria-hidden="true" className="num text-xs font-semibold">
          {words}
        </span>
      )}
    </button>
  )
}

/** What only its author can do. */
function Own({ reel }: { reel: Reel }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Act
        icon={PencilIcon}
        label={t(reel.captions_url ? 'captions.change' : 'captions.add')}
        onPress={() => setOpen(true)}
      />
      {isOpen && <CaptionsSheet reel={reel} onClose={() => setOpen(false)} />}
      <Remove reel={reel} />
    </>
  )
}

function Remove({ reel }: { reel: Reel }) {
  const t = useT()
  const [isAsking, setAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => api.DELETE('/api/v1/reels/{reel_id}', { params: { path: { reel_id: reel.id } } }),
    onSuccess: () => {
      setAsking(false)
      drop(reel.id)
      toast(t('removed'))
    },
  })
  return (
    <>
      <Act icon={TrashIcon} label={t('remove')} onPress={() => setAsking(true)} />
      <Confirm
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate()}
        busy={remove.isPending}
        danger
        title={t('remove.title')}
        words={t('remove.words')}
        verb={t('remove')}
      />
    </>
  )
}
