import { readdirSync, readFileSync } from 'node:fs'

import { render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'

import { catalogue, language, speak } from '.'
import { parse } from './icu'

const useT = catalogue('probe', { hello: 'Hello {name}', by: 'By <b>{name}</b>' })

function Hello() {
  const t = useT()
  return (
    <p>
      {t('hello', { name: 'Mara' })} {t.rich('by', { name: 'Jonas', b: (parts) => <strong>{parts}</strong> })}
    </p>
  )
}

afterEach(() => language.set({ locale: 'en', messages: new Map() }))

test('a message is said, with elements where they are asked for', () => {
  render(<Hello />)
  expect(screen.getByText(/Hello Mara/)).toBeVisible()
  expect(screen.getByText('Jonas').tagName).toBe('STRONG')
})

test('another language is shown as soon as it is chosen', () => {
  language.set({ locale: 'de', messages: new Map([['probe', { hello: 'Hallo {name}' }]]) })
  render(<Hello />)
  expect(screen.getByText(/Hallo Mara/)).toBeVisible()
})

test('a language without catalogues keeps English', async () => {
  await speak('xx')
  expect(language.get().locale).toBe('en')
})

const files = readdirSync('messages/en').filter((name) => name.endsWith('.json'))

test.each(files)('every message of %s can be read', (name) => {
  const messages = JSON.parse(readFileSync(`messages/en/${name}`, 'utf8')) as Record<string, string>
  for (const [key, message] of Object.entries(messages)) expect(() => parse(message), key).not.toThrow()
})
