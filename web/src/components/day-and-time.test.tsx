import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'

import { faults, show } from '@/test/render'

import { DayInput } from './DayInput'
import { Field } from './Field'
import { TimeInput } from './TimeInput'

function Form({ min }: { min?: string }) {
  const [day, setDay] = useState('2026-11-22')
  const [time, setTime] = useState('19:00')
  return (
    <main>
      <Field label="Day">
        <DayInput value={day} onChange={setDay} min={min} />
      </Field>
      <Field label="Starts">
        <TimeInput value={time} onChange={setTime} />
      </Field>
      <output>{`${day} ${time}`}</output>
    </main>
  )
}

const day = () => screen.getByLabelText<HTMLInputElement>('Day')
const starts = () => screen.getByLabelText<HTMLInputElement>('Starts')
const kept = () => screen.getByRole('status').textContent

test('a day is shown in words, whatever the browser speaks, and can be typed in other ways', async () => {
  await show(<Form />)
  expect(day()).toHaveValue('Sun 22 Nov 2026')
  await userEvent.clear(day())
  await userEvent.type(day(), '3.12.2026')
  expect(kept()).toBe('2026-11-22 19:00')
  await userEvent.click(starts())
  expect(kept()).toBe('2026-12-03 19:00')
  expect(day()).toHaveValue('Thu 3 Dec 2026')
})

test('what is no day is not taken, and keeps the form from being sent', async () => {
  await show(<Form />)
  await userEvent.clear(day())
  await userEvent.type(day(), '31 Feb{Enter}')
  expect(kept()).toBe('2026-11-22 19:00')
  expect(day().validationMessage).toBe('Write a day such as 22 Nov 2026.')
})

test('a day is chosen from the month by keys alone', async () => {
  await show(<Form />)
  day().focus()
  await userEvent.keyboard('{ArrowDown}')
  const month = screen.getByRole('dialog', { name: 'Choose a day' })
  expect(within(month).getByRole('button', { name: 'Sunday 22 November 2026' })).toHaveFocus()
  await userEvent.keyboard('{ArrowRight}{ArrowDown}{PageDown}{Enter}')
  expect(kept()).toBe('2026-12-30 19:00')
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  expect(day()).toHaveFocus()
})

test('Escape leaves the day as it was', async () => {
  await show(<Form />)
  await userEvent.click(day())
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  expect(kept()).toBe('2026-11-22 19:00')
})

test('a day before the first possible one can neither be typed nor pressed', async () => {
  await show(<Form min="2026-11-20" />)
  await userEvent.clear(day())
  await userEvent.type(day(), '19 Nov 2026')
  expect(day().validationMessage).toBe('Choose Fri 20 Nov 2026 or a later day.')
  expect(screen.getByRole('button', { name: 'Thursday 19 November 2026' })).toBeDisabled()
})

test('a time is typed as people write it, and arrows move it by a quarter', async () => {
  await show(<Form />)
  await userEvent.clear(starts())
  await userEvent.type(starts(), '7.45 pm{Enter}')
  expect(kept()).toBe('2026-11-22 19:45')
  await userEvent.keyboard('{ArrowUp}')
  expect(starts()).toHaveValue('20:00')
  await userEvent.clear(starts())
  await userEvent.type(starts(), '25{Enter}')
  expect(starts().validationMessage).toBe('Write a time such as 19:00.')
  expect(kept()).toBe('2026-11-22 20:00')
})

test('nobody is shut out of the open month', async () => {
  await show(<Form />)
  await userEvent.click(
    screen.getByRole('button', { name: 'Choose another day than Sunday 22 November 2026' }),
  )
  expect(await faults()).toEqual([])
})
