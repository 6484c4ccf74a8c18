import { lazy, Suspense, useState, type ReactNode } from 'react'

import { Button } from './Button'
import type { SheetProps } from './SheetFrame'
import { useT } from './t'

// The dialog machinery comes with the first sheet, not with the first page.
const Frame = lazy(() => import('./SheetFrame').then((module) => ({ default: module.SheetFrame })))

/** What asks for attention over the page. Escape and a press outside close it; focus comes back. */
export function Sheet(props: SheetProps) {
  const [wasOpen, setWasOpen] = useState(props.open)
  if (props.open && !wasOpen) setWasOpen(true)
  return <Suspense>{wasOpen && <Frame {...props} />}</Suspense>
}

interface ConfirmProps {
  open: boolean
  onClose: () => void
  onConfirm: () => void
  title: string
  words: ReactNode
  /** The verb of what will happen: "Leave club", never "OK". */
  verb: string
  danger?: boolean
  busy?: boolean
}

/** Asks before what cannot be undone. */
export function Confirm({ open, onClose, onConfirm, title, words, verb, danger, busy }: ConfirmProps) {
  const t = useT()
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={title}
      words={words}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone={danger ? 'bad' : 'ink'} onClick={onConfirm} busy={busy}>
            {verb}
          </Button>
        </>
      }
    />
  )
}
