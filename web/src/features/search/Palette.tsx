import { useQuery } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'

import { IconButton } from '@/components/Button'
import { CloseIcon, SearchIcon } from '@/components/icons'
import { Sheet } from '@/components/Sheet'
import { cx } from '@/lib/cx'
import { placeOf } from '@/lib/links'
import { useMember } from '@/lib/session'

import { useDebounced } from './debounced'
import { OptionList } from './OptionList'
import { foundGroups, openingGroups, stepped, type Option } from './options'
import { messages, suggestions } from './queries'
import { forgetSearches, recentSearches, rememberSearch } from './recent'
import { useT } from './t'

/** Ctrl/Cmd-K: a box that finds while one types, and leads there. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  return (
    <Sheet open onClose={onClose} title={t('search.title')} hideTitle look="top" wide initialFocus={input}>
      <Box input={input} onClose={onClose} />
    </Sheet>
  )
}

interface BoxProps {
  input: React.RefObject<HTMLInputElement | null>
  onClose: () => void
}

function Box({ input, onClose }: BoxProps) {
  const t = useT()
  const listId = useId()
  const member = useMember()
  const [text, setText] = useState('')
  const [active, setActive] = useState(-1)
  const [recent, setRecent] = useState(() => recentSearches(member.id))
  const words = text.trim()
  const settled = useDebounced(words)
  const query = useQuery(suggestions(settled))
  const found = query.data?.groups
  // What chat cannot tell just now is left out: the rest is there.
  const said = useQuery(messages(settled)).data
  const groups = useMemo(
    () => (words === '' ? openingGroups(recent) : foundGroups(words, found ?? [], said)),
    [words, recent, found, said],
  )
  const options = groups.flatMap((group) => group.options)
  const chosen = options[active]
  const choose = useChoose(onClose, member.id, words, (looked) => {
    setText(looked)
    setActive(-1)
    input.current?.focus()
  })

  const onKeyDown = (event: KeyboardEvent) => {
    const step = ({ ArrowDown: 1, ArrowUp: -1 } as const)[event.key]
    if (step) {
      event.preventDefault()
      return setActive(stepped(active, step, options.length))
    }
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (chosen) choose(chosen)
    else if (words) choose({ key: 'everything', type: 'everything', words })
  }

  return (
    <>
      <div className="flex items-center gap-3 border-b border-line px-4">
        <SearchIcon className={cx('text-ink-3', query.isFetching && 'animate-breathe')} />
        <input
          ref={input}
          role="combobox"
          aria-expanded={options.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen && `${listId}-${chosen.key}`}
          aria-label={t('label')}
          placeholder={t('label')}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setActive(-1)
          }}
          onKeyDown={onKeyDown}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
          maxLength={200}
          className="h-14 min-w-0 flex-1 bg-transparent text-md outline-none placeholder:text-ink-3"
        />
        {/* A phone has no Escape. */}
        <span className="-mr-2 md:hidden">
          <IconButton icon={CloseIcon} label={t('hint.close')} onClick={onClose} />
        </span>
      </div>
      <OptionList
        id={listId}
        groups={groups}
        active={chosen?.key}
        onActive={(option) => setActive(options.indexOf(option))}
        onChoose={choose}
        onForget={() => {
          forgetSearches(member.id)
          setRecent([])
          input.current?.focus()
        }}
      />
      <p role="status" className="sr-only">
        {words && found && t('suggested', { n: options.length - 1 })}
      </p>
      {query.isError && <p className="px-4 pb-3 text-sm text-ink-2">{t('tryAgain')}</p>}
      <Hints />
    </>
  )
}

/** Goes where an option leads. A search of before is only put into the box again. */
function useChoose(onClose: () => void, memberId: string, words: string, again: (words: string) => void) {
  const navigate = useNavigate()
  const router = useRouter()
  return (option: Option) => {
    if (option.type === 'recent') return again(option.words)
    if (words) rememberSearch(memberId, words)
    onClose()
    if (option.type === 'place') return void navigate({ to: option.place.to })
    if (option.type === 'everything') return void navigate({ to: '/search', search: { q: option.words } })
    if (option.type === 'message') {
      const { room, seq } = option.said
      return void navigate({ to: '/chat/$roomId', params: { roomId: room }, search: { at: seq } })
    }
    const { to, search } = placeOf(option.found.link)
    router.history.push(router.buildLocation({ to, search } as never).href)
  }
}

function Hints() {
  const t = useT()
  const keys = [
    ['↑ ↓', t('hint.choose')],
    ['↵', t('hint.open')],
    ['Esc', t('hint.close')],
  ]
  return (
    <p
      aria-hidden="true"
      className="hidden gap-4 border-t border-line px-4 py-2.5 text-xs text-ink-3 md:flex"
    >
      {keys.map(([key, what]) => (
        <span key={key} className="inline-flex items-center gap-1.5">
          <kbd className="rounded-sm border border-line px-1.5 font-text font-medium">{key}</kbd>
          {what}
        </span>
      ))}
    </p>
  )
}
