import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'

import { SearchIcon } from '@/components/icons'
import { Sheet } from '@/components/Sheet'

import { useT } from './t'

/** Ctrl/Cmd-K. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useT()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [words, setWords] = useState('')
  const go = () => {
    onClose()
    void navigate({ to: '/search', search: { q: words } })
  }
  return (
    <Sheet open onClose={onClose} title={t('search.title')} hideTitle look="top" wide initialFocus={input}>
      <form
        role="search"
        className="flex items-center gap-3 px-4"
        onSubmit={(event) => {
          event.preventDefault()
          go()
        }}
      >
        <SearchIcon className="text-ink-3" />
        <input
          ref={input}
          type="search"
          value={words}
          onChange={(event) => setWords(event.target.value)}
          aria-label={t('search.title')}
          placeholder={t('search.empty.words')}
          className="h-14 min-w-0 flex-1 bg-transparent text-md outline-none"
        />
      </form>
    </Sheet>
  )
}
