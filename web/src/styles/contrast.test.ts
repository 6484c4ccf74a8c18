import { readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { HUES, hueOf } from './hues'
import { contrast, parseOklch, toLinearRgb } from './oklch'

const css = readFileSync('src/styles/tokens.css', 'utf8').replace(/\/\*.*?\*\//gs, '')

/** The custom properties of both themes, dark laid over light as the cascade does. */
function tokens(theme: 'light' | 'dark'): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, selector = '', body = ''] of css.matchAll(/([^{}]+)\{([^{}]+)\}/g)) {
    if (theme === 'light' && selector.includes('dark')) continue
    for (const [, name = '', value = ''] of body.matchAll(/(--[\w-]+):\s*([^;]+);/g)) found.set(name, value)
  }
  return found
}

function colour(theme: 'light' | 'dark', name: string, hue: number) {
  const value = parseOklch(tokens(theme).get(name) ?? '', hue)
  if (!value) throw new Error(`${name} is not an opaque OKLCH colour in ${theme}`)
  return value
}

const GROUNDS = ['--paper', '--surface', '--sunken']
const TEXTS = ['--ink', '--ink-2', '--ink-3', '--live', '--good', '--bad', '--warn-text', '--accent-text']
const PAIRS: [text: string, ground: string][] = [
  ...GROUNDS.flatMap((ground) => TEXTS.map((text): [string, string] => [text, ground])),
  ['--accent-ink', '--accent'],
  ['--accent-text', '--accent-soft'],
  ['--ink', '--accent-soft'],
  ['--ink-2', '--accent-soft'],
  ['--crest-ink', '--crest'],
  ['--paper', '--ink'],
]

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  test.each(PAIRS)('%s can be read on %s in all twelve hues', (text, ground) => {
    for (const hue of HUES) {
      const ratio = contrast(colour(theme, text, hue), colour(theme, ground, hue))
      expect(ratio, `hue ${hue}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('an accent can be told from its ground as the edge of a control', () => {
    for (const hue of HUES) {
      const ratio = contrast(colour(theme, '--accent', hue), colour(theme, '--surface', hue))
      expect(ratio, `hue ${hue}`).toBeGreaterThanOrEqual(3)
    }
  })
})

test('there are twelve hues, all different', () => {
  expect(new Set(HUES).size).toBe(12)
})

test('white and black stand at 21 to 1', () => {
  expect(contrast({ l: 1, c: 0, h: 0 }, { l: 0, c: 0, h: 0 })).toBeCloseTo(21, 1)
})

test('a known colour comes out right', () => {
  const [red, green, blue] = toLinearRgb({ l: 0.62796, c: 0.25768, h: 29.234 })
  expect([red, green, blue].map((part) => Math.round(part * 100) / 100)).toEqual([1, 0, 0])
})

test('the same name always gets the same hue', () => {
  expect(hueOf('Riverside FC')).toBe(hueOf('Riverside FC'))
  expect(HUES).toContain(hueOf('Night Runners'))
})
