// Holds the build to its promises: first load and route sizes (gzip), and a page that needs no inline code.
import { readFileSync, statSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const FIRST_LOAD_KB = 170
const ROUTE_KB = 60
/** Parts that come late inside a screen have the budget of a route. These are known to be more: FullCalendar's core with
 *  its Temporal is 60 kB by itself. They come behind the screen's own frame, once per release. */
const BIG_PARTS_KB = {
  'src/features/calendar/Month.tsx': 66,
  'src/features/calendar/Week.tsx': 78,
}

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'))
const zipped = (file) => gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length / 1000

/** Everything a chunk needs at once: itself, its static imports and their styles. */
function closure(key, seen = new Set()) {
  const chunk = manifest[key]
  if (!chunk || seen.has(key)) return seen
  seen.add(key)
  for (const next of chunk.imports ?? []) closure(next, seen)
  return seen
}

function files(keys) {
  return new Set([...keys].flatMap((key) => [manifest[key].file, ...(manifest[key].css ?? [])]))
}

const sum = (names) => [...names].reduce((total, name) => total + zipped(name), 0)
const failures = []

const html = readFileSync('dist/index.html', 'utf8')
if (/<style|<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=/i.test(html))
  failures.push('index.html holds inline code.')

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry && manifest[key].name === 'main')
const first = files(closure(entry))
const firstKb = sum(first)
console.log(`first load   ${firstKb.toFixed(1).padStart(6)} of ${FIRST_LOAD_KB} kB gzip`)
if (firstKb > FIRST_LOAD_KB) failures.push(`The first load is ${firstKb.toFixed(1)} kB.`)
if ([...first].some((name) => /gallery/i.test(name))) failures.push('The gallery is in the first load.')

const routes = Object.keys(manifest).filter((key) => /features\/\w+\/\w*Screen\.tsx$/.test(key))
for (const key of routes) {
  const own = [...files(closure(key))].filter((name) => !first.has(name))
  const kb = sum(own)
  console.log(`${key.replace('src/features/', '').padEnd(34)} ${kb.toFixed(1).padStart(6)} of ${ROUTE_KB} kB`)
  if (kb > ROUTE_KB) failures.push(`${key} is ${kb.toFixed(1)} kB.`)
}

/** What a screen fetches only when something in it is used: counted by itself, beside what its screen has brought. */
const parts = new Map()
for (const route of routes)
  for (const part of manifest[route].dynamicImports ?? []) {
    const brought = files(closure(route))
    const own = [...files(closure(part))].filter((name) => !first.has(name) && !brought.has(name))
    parts.set(part, Math.max(parts.get(part) ?? 0, sum(own)))
  }
for (const [part, kb] of [...parts].sort(([, one], [, other]) => other - one)) {
  const limit = BIG_PARTS_KB[part] ?? ROUTE_KB
  if (kb > ROUTE_KB / 2)
    console.log(`${part.replace('src/', '+ ').padEnd(34)} ${kb.toFixed(1).padStart(6)} of ${limit} kB`)
  if (kb > limit) failures.push(`${part} is ${kb.toFixed(1)} kB.`)
}

const worker = readFileSync('dist/sw.js', 'utf8')
if (/__(SHELL|SCREEN)_/.test(worker) || /^\s*(import|export)\b/m.test(worker))
  failures.push('sw.js was not filled in.')
console.log(`sw.js        ${(statSync('dist/sw.js').size / 1000).toFixed(1)} kB`)

if (failures.length > 0) {
  console.error(failures.join('\n'))
  process.exit(1)
}
