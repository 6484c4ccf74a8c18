/** What is being written right before the caret that can be completed. */
export interface Asked {
  kind: 'person' | 'command'
  /** A name without its sign; of a command all that is typed. */
  text: string
  from: number
}

const PERSON = /(?:^|[\s(])@([\p{L}\p{N}_.-]*)$/u
const COMMAND = /^\/(?!\/)[^\n]{0,190}$/

export function askedAt(text: string, caret: number): Asked | undefined {
  const before = text.slice(0, caret)
  const command = COMMAND.exec(before)
  if (command) return { kind: 'command', text: command[0], from: 0 }
  const person = PERSON.exec(before)
  if (!person) return undefined
  const word = person[1] ?? ''
  return { kind: 'person', text: word, from: caret - word.length - 1 }
}

export interface Suggestion {
  key: string
  /** What is written in place of what was asked. */
  insert: string
  label: string
  detail: string
  isCommand?: boolean
  person?: { id: string; name: string; hue?: number | null; avatar_url?: string | null }
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()

/** Those whose handle, or a word of whose name, begins so. */
export function matching<T extends { label: string; detail: string }>(
  all: readonly T[],
  text: string,
  most = 8,
): T[] {
  const wanted = folded(text)
  return all
    .filter(({ label, detail }) =>
      [...label.split(/\s+/), detail.replace(/^[@/]/, '')].some((word) => folded(word).startsWith(wanted)),
    )
    .slice(0, most)
}

/** The text with the suggestion in place of what was asked, and where the caret then is. */
export function completed(
  text: string,
  caret: number,
  asked: Asked,
  insert: string,
): { text: string; caret: number } {
  const rest = text.slice(caret)
  const word = `${insert}${/^\s/.test(rest) ? '' : ' '}`
  return { text: text.slice(0, asked.from) + word + rest, caret: asked.from + word.length }
}
