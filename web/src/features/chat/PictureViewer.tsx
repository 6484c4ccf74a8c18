import { useState } from 'react'

import { IconButton } from '@/components/Button'
import { BackIcon, ChevronIcon } from '@/components/icons'
import { Sheet } from '@/components/Sheet'
import type { Attachment } from '@/lib/chat/wire'

import { useT } from './t'

interface PictureViewerProps {
  pictures: readonly Attachment[]
  at: number
  onClose: () => void
}

/** The pictures of a message, one after the other, as large as they fit. */
export function PictureViewer({ pictures, at, onClose }: PictureViewerProps) {
  const t = useT()
  const [place, setPlace] = useState(at)
  const picture = pictures[place]
  if (!picture) return null
  const name = picture.alt || t('message.picture', { n: place + 1 })
  const turn = (step: number) => setPlace((place + step + pictures.length) % pictures.length)
  return (
    <Sheet open wide title={picture.name || name} onClose={onClose}>
      <img src={picture.url} alt={name} className="mx-auto max-h-[70dvh] rounded-control object-contain" />
      {picture.alt && (
        // Read out with the picture already.
        <p aria-hidden="true" className="mt-3 text-center text-sm text-ink-2">
          {picture.alt}
        </p>
      )}
      {pictures.length > 1 && (
        <div className="mt-3 flex justify-center gap-3">
          <IconButton icon={BackIcon} label={t('viewer.before')} onClick={() => turn(-1)} />
          <IconButton icon={ChevronIcon} label={t('viewer.after')} onClick={() => turn(1)} />
        </div>
      )}
    </Sheet>
  )
}
