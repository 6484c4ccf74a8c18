import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'

import { faults, show } from '@/test/render'

import { EventCard, type EventView } from './EventCard'

const event: EventView = {
  id: 'e1',
  title: 'Frost Loop',
  starts_at: '2026-11-26T18:00:00Z',
  zone: 'Europe/Stockholm',
  place: 'Old Harbour steps',
  club: { name: 'Night Runners', slug: 'night-runners', hue: 262 },
  going: 14,
  capacity: 20,
  people: [{ name: 'Jonas Lind' }, { name: 'Priya Shah' }],
}

test('an event says when, where, whose and how full', async () => {
  await show(<EventCard event={event} onAnswer={() => undefined} />)
  expect(screen.getByLabelText('Thursday, 26 November 2026')).toHaveTextContent('26')
  expect(screen.getByText(/19:00/)).toBeVisible()
  expect(screen.getByText('Old Harbour steps')).toBeVisible()
  expect(screen.getByRole('link', { name: 'Night Runners' })).toHaveAttribute('href', '/c/night-runners')
  expect(screen.getByText('14 of 20')).toBeVisible()
  expect(screen.getByText('Jonas, Priya + 12')).toBeVisible()
})

test('the whole card takes the hue of its club', async () => {
  const { container } = await show(<EventCard event={event} />)
  const tinted = container.querySelector<HTMLElement>('[data-hue]')
  expect(tinted?.style.getPropertyValue('--hue')).toBe('262')
})

test('an answer is given with one press and shown as given', async () => {
  const onAnswer = vi.fn()
  await show(<EventCard event={{ ...event, answer: 'maybe' }} onAnswer={onAnswer} />)
  expect(screen.getByRole('button', { name: 'Maybe' })).toHaveAttribute('aria-pressed', 'true')
  await userEvent.click(screen.getByRole('button', { name: 'Going' }))
  expect(onAnswer).toHaveBeenCalledWith('yes')
})

test('a full event offers its line', async () => {
  await show(<EventCard event={{ ...event, going: 20 }} onAnswer={() => undefined} />)
  expect(screen.getByRole('button', { name: 'Join the line' })).toBeVisible()
})

test('who waits sees that, and where', async () => {
  const waiting: EventView = { ...event, going: 20, answer: 'yes', waitlist_position: 3 }
  await show(<EventCard event={waiting} onAnswer={() => undefined} />)
  expect(screen.getByRole('button', { name: 'In line' })).toHaveAttribute('aria-pressed', 'true')
  expect(screen.getByText(/You are 3rd in line/)).toBeVisible()
})

test('who is in a full event still sees that they are going', async () => {
  await show(<EventCard event={{ ...event, going: 20, answer: 'yes' }} onAnswer={() => undefined} />)
  expect(screen.getByRole('button', { name: 'Going' })).toHaveAttribute('aria-pressed', 'true')
})

test('a cancelled event is not answered', async () => {
  await show(<EventCard event={{ ...event, state: 'cancelled' }} onAnswer={() => undefined} />)
  expect(screen.getByText('Cancelled')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Going' })).not.toBeInTheDocument()
})

test('without a limit there is no bar', async () => {
  await show(<EventCard event={{ ...event, capacity: null }} />)
  expect(screen.queryByRole('progressbar')).not.toBeInTheDocument()
  expect(screen.getByText('14 going')).toBeVisible()
})

test.each(['feed', 'inline', 'line'] as const)('a card of size %s breaks no rule of access', async (size) => {
  await show(<EventCard event={event} size={size} onAnswer={() => undefined} />)
  expect(await faults()).toEqual([])
})
