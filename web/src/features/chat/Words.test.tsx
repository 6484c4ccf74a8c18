import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'

import type { Mention } from '@/lib/chat/wire'

import { Words } from './Words'

const jonas: Mention = { kind: 'member', id: 'j1', name: 'jonas' }
const room: Mention = { kind: 'room', id: null, name: 'room' }

test('web addresses are links that leave nothing of us, and the rest is shown as written', () => {
  render(<Words text={'See https://club.example/a?b=1, or <b>ask</b>.'} />)
  const link = screen.getByRole('link', { name: 'https://club.example/a?b=1' })
  expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow')
  expect(document.body).toHaveTextContent('See https://club.example/a?b=1, or <b>ask</b>.')
  expect(document.querySelector('b')).toBeNull()
})

test('only what the hub found to be a mention is marked', () => {
  render(<Words text="@Jonas, ask @nobody or jonas@club.example. @everyone." mentions={[jonas, room]} />)
  expect([...document.querySelectorAll('span')].map((one) => one.textContent)).toEqual([
    '@Jonas',
    '@everyone',
  ])
})

test('my own name stands out more than that of others', () => {
  const { rerender } = render(<Words text="@jonas" mentions={[jonas]} myId="j1" />)
  expect(screen.getByText('@jonas')).toHaveClass('bg-accent-soft')
  rerender(<Words text="@jonas" mentions={[jonas]} myId="m1" />)
  expect(screen.getByText('@jonas')).not.toHaveClass('bg-accent-soft')
})

test('code is left alone, and words can be strong or stressed', () => {
  const { container } = render(<Words text={'_Mara is on the way_, **now** or *never*: `a_b_c *d*`'} />)
  expect(container.querySelector('em')).toHaveTextContent('Mara is on the way')
  expect([...container.querySelectorAll('strong')].map((one) => one.textContent)).toEqual(['now', 'never'])
  expect(container.querySelector('code')).toHaveTextContent('a_b_c *d*')
})

test.each(['2 * 3 * 4', 'snake_case_name', '¯\\_(ツ)_/¯', 'a* b*', '__init__'])(
  '%s is what it is',
  (text) => {
    const { container } = render(<Words text={text} />)
    expect(container).toHaveTextContent(text)
    expect(container.querySelector('em, strong')).toBeNull()
  },
)
