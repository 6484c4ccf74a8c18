import { Fragment, type ReactNode } from 'react'

import { createStore, useStore } from '@/lib/store'

import { parse, render, type Node, type Values } from './icu'

export type RichValues = Values<ReactNode>

/** Messages of other languages, by `language/namespace`; fetched when the language is chosen. English is in the code. */
type Loader = () => Promise<{ default: Record<string, string> }>
const translations = import.meta.glob([
  '../../../messages/*/*.json',
  '!../../../messages/en/*.json',
]) as Record<string, Loader>

interface Language {
  locale: string
  messages: ReadonlyMap<string, Record<string, string>>
}

export const language = createStore<Language>({ locale: 'en', messages: new Map() })

const compiled = new Map<string, Node[]>()

function compile(message: string): Node[] {
  const known = compiled.get(message) ?? parse(message)
  compiled.set(message, known)
  return known
}

/** Fetches a language's catalogues and shows them. A language without catalogues keeps English words. */
export async function speak(locale: string): Promise<void> {
  const files = Object.entries(translations).filter(([path]) => path.includes(`/messages/${locale}/`))
  const loaded = await Promise.all(
    files.map(
      async ([path, load]) => [path.replace(/^.*\/(\w+)\.json$/, '$1'), (await load()).default] as const,
    ),
  )
  document.documentElement.lang = files.length > 0 ? locale : 'en'
  language.set({ locale: files.length > 0 ? locale : 'en', messages: new Map(loaded) })
}

export interface Say<Key extends string> {
  (key: Key, values?: Values): string
  /** The same with elements for values and functions for tags: `t.rich('by', { b: (c) => <b>{c}</b> })`. */
  rich: (key: Key, values: RichValues) => ReactNode
}

/** A namespace of messages. `const useT = catalogue('home', en)`; then `const t = useT(); t('title')`. */
export function catalogue<const Source extends Record<string, string>>(namespace: string, source: Source) {
  type Key = keyof Source & string
  const sayIn = ({ locale, messages }: Language): Say<Key> => {
    const find = (key: Key) => compile(messages.get(namespace)?.[key] ?? source[key] ?? key)
    const say = (key: Key, values: Values = {}) => render(find(key), values, locale).join('')
    const rich = (key: Key, values: RichValues) =>
      render<ReactNode>(find(key), values, locale).map((part, place) => (
        <Fragment key={place}>{part}</Fragment>
      ))
    return Object.assign(say, { rich })
  }
  let last: { of: Language; say: Say<Key> } | undefined
  return function useT(): Say<Key> {
    const spoken = useStore(language)
    if (last?.of !== spoken) last = { of: spoken, say: sayIn(spoken) }
    return last.say
  }
}
