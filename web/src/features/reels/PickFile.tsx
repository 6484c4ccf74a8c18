import { useId, useState } from 'react'

import { UploadIcon } from '@/components/icons-more'
import { cx } from '@/lib/cx'

import { faultOf, isTooLong, lengthOf, type Clip, type Fault } from './clip'
import { useT } from './t'

/** Chooses or takes a dropped clip, and says at once what the hub would refuse. */
export function PickFile({ onPicked }: { onPicked: (clip: Clip) => void }) {
  const t = useT()
  const id = useId()
  const [fault, setFault] = useState<Fault>()
  const [isOver, setOver] = useState(false)

  const pick = async (file: File | undefined) => {
    if (!file) return
    const plain = faultOf(file)
    if (plain) return setFault(plain)
    const url = URL.createObjectURL(file)
    const seconds = await lengthOf(url)
    if (!isTooLong(seconds)) return onPicked({ file, url, seconds })
    URL.revokeObjectURL(url)
    setFault('length')
  }
  return (
    <div>
      <label
        htmlFor={id}
        className={cx(
          'relative flex min-h-56 flex-col items-center justify-center gap-2 rounded-card border-2 border-dashed p-6 text-center transition-colors',
          'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink',
          isOver ? 'border-ink bg-sunken' : 'border-line hover:border-ink-3 hover:bg-sunken',
        )}
      >
        <UploadIcon size={32} className="text-ink-3" />
        <span className="mt-1 font-semibold">{t('pick')}</span>
        <span className="text-sm text-ink-3">{t('pick.hint')}</span>
        <input
          id={id}
          type="file"
          accept="video/*,.mp4,.mov,.webm,.m4v"
          aria-describedby={`${id}-fault`}
          // It covers its label unseen, so that a file dropped anywhere on it is taken by the browser itself.
          className="absolute inset-0 cursor-pointer opacity-0"
          onDragEnter={() => setOver(true)}
          onDragLeave={() => setOver(false)}
          onDrop={() => setOver(false)}
          onChange={(event) => void pick(event.target.files?.[0])}
        />
      </label>
      <p id={`${id}-fault`} role="alert" className="mt-3 text-sm font-medium text-bad empty:hidden">
        {fault && t(`fault.${fault}`)}
      </p>
    </div>
  )
}
