import { useId, useRef } from 'react'

import { Button } from '@/components/Button'
import type { Icon } from '@/components/icons'

import { CAPTION_FILES } from './captions'

interface CaptionsFileProps {
  words: string
  icon?: Icon
  fault?: string | undefined
  busy?: boolean
  onPicked: (file: File) => void
}

/** A button that asks for a file of captions. The same file can be chosen again once it was mended. */
export function CaptionsFile({ words, icon, fault, busy, onPicked }: CaptionsFileProps) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  return (
    <div>
      <Button icon={icon} busy={busy} aria-describedby={id} onClick={() => field.current?.click()}>
        {words}
      </Button>
      <input
        ref={field}
        type="file"
        hidden
        accept={CAPTION_FILES}
        aria-label={words}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file) onPicked(file)
        }}
      />
      <p id={id} role="alert" className="mt-2 text-sm font-medium text-bad empty:hidden">
        {fault}
      </p>
    </div>
  )
}
