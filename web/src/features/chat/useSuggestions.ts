import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useId, useState, type KeyboardEvent, type RefObject } from 'react'

import { commands, roommates } from './queries'
import { askedAt, completed, matching, type Suggestion } from './suggesting'
import { useT } from './t'

/** Completes @names and /commands while they are written. Arrows choose, Enter or Tab takes, Escape lets go. */
export function useSuggestions(
  roomId: string,
  text: string,
  field: RefObject<HTMLTextAreaElement | null>,
  setText: (text: string) => void,
) {
  const t = useT()
  const id = useId()
  const [caret, setCaret] = useState<number>()
  const [place, setPlace] = useState(0)
  const [isChosen, setChosen] = useState(false)
  const asked = caret === undefined ? undefined : askedAt(text, caret)
  const people = usePeople(roomId, asked?.kind === 'person')
  const verbs = useCommands(roomId, asked?.kind === 'command' ? asked.text : undefined)
  const all = !asked ? [] : asked.kind === 'person' ? matching(people, asked.text) : verbs
  const at = Math.min(place, all.length - 1)

  const pick = (suggestion: Suggestion) => {
    if (!asked || caret === undefined) return
    const after = completed(text, caret, asked, suggestion.insert)
    setText(after.text)
    setCaret(undefined)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(after.caret, after.caret)
    })
  }
  const choose = (next: number) => {
    setPlace(next)
    setChosen(true)
  }
  /** True when the key was for the list. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const chosen = all[at]
    if (!chosen) return false
    // What is typed may be a whole command already: then Enter sends it, unless a suggestion was chosen with the arrows.
    if (event.key === 'Enter' && !isChosen && !extended(text, chosen)) return false
    if (event.key === 'ArrowDown') choose((at + 1) % all.length)
    else if (event.key === 'ArrowUp') choose((at + all.length - 1) % all.length)
    else if (event.key === 'Enter' || event.key === 'Tab') pick(chosen)
    else if (event.key === 'Escape') setCaret(undefined)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  const isOpen = all.length > 0
  return {
    all,
    onKeyDown,
    look(caretNow: number) {
      setCaret(caretNow)
      setPlace(0)
      setChosen(false)
    },
    list: {
      id,
      label: t(asked?.kind === 'command' ? 'composer.commands' : 'composer.people'),
      all,
      place: at,
      onPick: pick,
    },
    wiring: {
      'aria-autocomplete': 'list' as const,
      'aria-controls': isOpen ? id : undefined,
      'aria-activedescendant': isOpen ? `${id}-${at}` : undefined,
      onBlur: () => setCaret(undefined),
    },
  }
}

/** The suggestion goes on where the text ends. A name always does. */
const extended = (text: string, { insert, isCommand }: Suggestion) =>
  !isCommand ||
  (insert.length > text.trim().length &&
    insert.toLocaleLowerCase().startsWith(text.trim().toLocaleLowerCase()))

function usePeople(roomId: string, isWanted: boolean): Suggestion[] {
  const t = useT()
  const found = useQuery({ ...roommates(roomId), enabled: isWanted }).data ?? []
  return [
    ...found.map(({ person }) => ({
      key: person.id,
      insert: `@${person.handle}`,
      label: person.name,
      detail: `@${person.handle}`,
      person,
    })),
    { key: 'here', insert: '@here', label: '@here', detail: t('composer.here') },
    { key: 'room', insert: '@room', label: '@room', detail: t('composer.room') },
  ]
}

function useCommands(roomId: string, text: string | undefined): Suggestion[] {
  const query = useQuery({
    ...commands(roomId, useDeferredValue(text) ?? '/'),
    enabled: text !== undefined,
    placeholderData: keepPreviousData,
  })
  if (text === undefined) return []
  return (query.data ?? []).map(({ insert, title, detail }) => ({
    key: insert,
    insert: insert.trimEnd(),
    label: title,
    detail,
    isCommand: true,
  }))
}
