import { useState } from 'react'

import { HoloDot } from '@/components/HoloMark'
import { DotsIcon } from '@/components/icons'
import { EyeOffIcon, SparklesIcon } from '@/components/icons-more'
import { Menu, MenuItem } from '@/components/Menu'
import { Sheet } from '@/components/Sheet'
import { toast } from '@/lib/announce'
import { api } from '@/lib/api'
import { useHide, type Whence } from '@/lib/queries/actions'

import { drop, restore, type Reel } from './queries'
import { useT } from './t'

/** Why this one, over the film, and how to answer back. */
export function Why({ reel, whence }: { reel: Reel; whence: Whence }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const less = useLess(reel, whence)
  const { reason } = reel
  return (
    <div className="absolute top-3 right-16 left-3 z-10 flex md:right-3">
      <div className="flex max-w-full items-center gap-2 rounded-[1.125rem] bg-black/45 py-1 pr-1 pl-3 text-sm text-white backdrop-blur-sm [&_button]:text-white">
        {reason && (
          <>
            <HoloDot />
            <span className="line-clamp-2 min-w-0 leading-tight">{reason.text}</span>
          </>
        )}
        <Menu label={t('menu')} icon={DotsIcon} compact align="start">
          {reason && (
            <MenuItem icon={SparklesIcon} onSelect={() => setOpen(true)}>
              {t('why')}
            </MenuItem>
          )}
          <MenuItem icon={EyeOffIcon} onSelect={less}>
            {t('less')}
          </MenuItem>
        </Menu>
      </div>
      {reason && (
        <Sheet open={isOpen} onClose={() => setOpen(false)} title={t('why')} words={reason.text}>
          <p className="text-ink-2">{t(`why.${reason.code}`)}</p>
          <p className="mt-3 text-sm text-ink-3">{t('why.change')}</p>
        </Sheet>
      )}
    </div>
  )
}

/** Away at once; the next ranking hears of it; it can be taken back. */
function useLess(reel: Reel, whence: Whence) {
  const t = useT()
  const hide = useHide(whence)
  return () => {
    drop(reel.id)
    hide.mutate(
      { kind: 'reel', item_id: reel.id, club_id: reel.club.id },
      { onError: () => restore(reel.id) },
    )
    const undo = async () => {
      restore(reel.id)
      const path = { kind: 'reel' as const, item_id: reel.id }
      await api.DELETE('/api/v1/feed/hide/{kind}/{item_id}', { params: { path } })
    }
    toast(t('less.done'), { action: { label: t('less.undo'), run: () => void undo() } })
  }
}
