import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

import { useHotkeys } from './hotkeys'

const search = vi.fn()
const next = vi.fn()

function Page({ enabled = true }) {
  useHotkeys({ 'mod+k': search, j: next }, enabled)
  return <input aria-label="Say" />
}

test('a letter works on the page and rests while someone writes', () => {
  render(<Page />)
  fireEvent.keyDown(document.body, { key: 'j' })
  fireEvent.keyDown(screen.getByLabelText('Say'), { key: 'j' })
  expect(next).toHaveBeenCalledOnce()
})

test('a key with Ctrl works while someone writes, and the letter alone does not', () => {
  render(<Page />)
  fireEvent.keyDown(screen.getByLabelText('Say'), { key: 'k', ctrlKey: true })
  fireEvent.keyDown(document.body, { key: 'k' })
  expect(search).toHaveBeenCalledOnce()
})

test('the browser keeps its own keys', () => {
  search.mockClear()
  render(<Page />)
  expect(fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })).toBe(false)
  expect(fireEvent.keyDown(document.body, { key: 'r', ctrlKey: true })).toBe(true)
})

test('keys that are switched off are quiet', () => {
  next.mockClear()
  render(<Page enabled={false} />)
  fireEvent.keyDown(document.body, { key: 'j' })
  expect(next).not.toHaveBeenCalled()
})
