// Draws the app's PNG icons from public/icon.svg with a headless Chromium: `node scripts/icons.mjs [path to chromium]`.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const chromium = process.argv[2] ?? process.env.CHROMIUM ?? 'chromium'
const mark = readFileSync('public/icon.svg', 'utf8')
const room = mkdtempSync(join(tmpdir(), 'icons-'))

/** `inset` is the share of the edge left free around the mark; a maskable icon fills its ground to the edge. */
function draw(name, size, { ground = 'transparent', inset = 0 } = {}) {
  const page = join(room, `${name}.html`)
  const inner = size * (1 - 2 * inset)
  writeFileSync(
    page,
    `<style>body{margin:0;width:${size}px;height:${size}px;display:grid;place-items:center;background:${ground}}
     svg{width:${inner}px;height:${inner}px}</style>${mark}`,
  )
  execFileSync(chromium, [
    '--headless',
    '--no-sandbox',
    '--hide-scrollbars',
    '--default-background-color=00000000',
    `--window-size=${size},${size}`,
    `--screenshot=public/${name}.png`,
    `file://${page}`,
  ])
}

draw('icon-192', 192)
draw('icon-512', 512)
draw('icon-maskable-512', 512, { ground: '#faf9f6', inset: 0.14 })
rmSync(room, { recursive: true })
