/**
 * The part of ICU MessageFormat that our catalogues use: `{name}`, `{n, number}`, `{n, plural, =0 {…} one {…} other {# …}}`,
 * `{kind, select, a {…} other {…}}`, `<b>…</b>` and `'{'` quoting. Decision 0030 says why not all of it.
 */
export type Node =
  | string
  | { kind: 'argument'; name: string; style: 'plain' | 'number' }
  | { kind: 'choice'; name: string; by: 'plural' | 'select'; cases: Map<string, Node[]> }
  | { kind: 'count' }
  | { kind: 'tag'; name: string; children: Node[] }

const NAME = /[\w.-]+/y

class Reader {
  private readonly source: string
  private at = 0

  constructor(source: string) {
    this.source = source
  }

  fail(wanted: string): never {
    throw new SyntaxError(`Expected ${wanted} at ${this.at} of "${this.source}"`)
  }

  skip() {
    while (/\s/.test(this.source[this.at] ?? '')) this.at++
  }

  take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false
    this.at += text.length
    return true
  }

  need(text: string) {
    this.skip()
    if (!this.take(text)) this.fail(`"${text}"`)
  }

  word(): string {
    this.skip()
    if (this.take('=')) return `=${this.word()}`
    NAME.lastIndex = this.at
    const found = NAME.exec(this.source)?.[0]
    if (found === undefined) return this.fail('a name')
    this.at += found.length
    return found
  }

  /** Reads until `}` (left for the caller), `</` (likewise) or the end. `counting` inside a plural. */
  nodes(counting: boolean): Node[] {
    const nodes: Node[] = []
    let text = ''
    const push = (node: Node) => {
      if (text) nodes.push(text)
      text = ''
      nodes.push(node)
    }
    while (this.at < this.source.length) {
      if (this.source[this.at] === '}' || this.source.startsWith('</', this.at)) break
      if (this.quoted()) text += this.source[this.at - 2] ?? ''
      else if (this.take('{')) push(this.argument())
      else if (counting && this.take('#')) push({ kind: 'count' })
      else if (/^<[a-z]/.test(this.source.slice(this.at, this.at + 2))) push(this.tag(counting))
      else text += this.source[this.at++] ?? ''
    }
    if (text) nodes.push(text)
    return nodes
  }

  /** `'{'` and `'#'` stand for themselves; any other apostrophe is an apostrophe. */
  private quoted(): boolean {
    if (!/^'[{}#<]'/.test(this.source.slice(this.at, this.at + 3))) return false
    this.at += 3
    return true
  }

  private argument(): Node {
    const name = this.word()
    this.skip()
    if (this.take('}')) return { kind: 'argument', name, style: 'plain' }
    this.need(',')
    const by = this.word()
    if (by === 'number') {
      this.need('}')
      return { kind: 'argument', name, style: 'number' }
    }
    if (by !== 'plural' && by !== 'select') return this.fail('number, plural or select')
    this.need(',')
    return { kind: 'choice', name, by, cases: this.cases(by === 'plural') }
  }

  private cases(counting: boolean): Map<string, Node[]> {
    const cases = new Map<string, Node[]>()
    for (this.skip(); !this.take('}'); this.skip()) {
      const label = this.word()
      this.need('{')
      cases.set(label, this.nodes(counting))
      this.need('}')
    }
    if (!cases.has('other')) this.fail('an "other" case')
    return cases
  }

  private tag(counting: boolean): Node {
    this.need('<')
    const name = this.word()
    this.need('>')
    const children = this.nodes(counting)
    this.need(`</${name}>`)
    return { kind: 'tag', name, children }
  }

  end() {
    if (this.at < this.source.length) this.fail('the end')
  }
}

/** Throws a SyntaxError that names the place. */
export function parse(source: string): Node[] {
  const reader = new Reader(source)
  const nodes = reader.nodes(false)
  reader.end()
  return nodes
}

export type Values<Rich = never> = Record<string, string | number | Rich | ((children: Rich[]) => Rich)>

/** Renders to a list of parts: strings, and whatever rich values and tag functions gave. */
export function render<Rich>(
  nodes: readonly Node[],
  values: Values<Rich>,
  locale: string,
  count?: number,
): (string | Rich)[] {
  return nodes.flatMap((node): (string | Rich)[] => {
    if (typeof node === 'string') return [node]
    if (node.kind === 'count') return [new Intl.NumberFormat(locale).format(count ?? 0)]
    const value = values[node.name]
    if (node.kind === 'tag') {
      const children = render(node.children, values, locale, count)
      return typeof value === 'function' ? [(value as (parts: unknown[]) => Rich)(children)] : children
    }
    if (node.kind === 'choice') return choose(node, values, locale)
    if (value === undefined) return [`{${node.name}}`]
    return typeof value === 'number'
      ? [new Intl.NumberFormat(locale).format(value)]
      : [value as string | Rich]
  })
}

function choose<Rich>(node: Extract<Node, { kind: 'choice' }>, values: Values<Rich>, locale: string) {
  const value = values[node.name]
  const other = node.cases.get('other') ?? []
  if (node.by === 'select') return render(node.cases.get(String(value)) ?? other, values, locale)
  const count = Number(value)
  const exact = node.cases.get(`=${count}`)
  const category = new Intl.PluralRules(locale).select(count)
  return render(exact ?? node.cases.get(category) ?? other, values, locale, count)
}
