import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'

import { faults, show } from '@/test/render'

import { PickRow, type PickView } from './PickRow'

const pick: PickView = {
  id: 'p1',
  home: 'Arsenal',
  away: 'Tottenham',
  kick_off: '2026-11-22T17:30:00Z',
  state: 'open',
}

test('a match is called with one press; the buttons are named after the teams', async () => {
  const onPick = vi.fn()
  await show(<PickRow pick={pick} onPick={onPick} />)
  await userEvent.click(screen.getByRole('button', { name: '2, Tottenham' }))
  await userEvent.click(screen.getByRole('button', { name: 'X, Draw' }))
  expect(onPick.mock.calls).toEqual([['2'], ['X']])
})

test('after the lock nothing can be changed and the club is seen', async () => {
  const crowd = { '1': 0.61, X: 0.22, '2': 0.17 }
  await show(<PickRow pick={{ ...pick, state: 'locked', choice: '1', crowd }} onPick={() => undefined} />)
  const mine = screen.getByRole('button', { name: '1, Arsenal, 61 percent of the club' })
  expect(mine).toBeDisabled()
  expect(mine).toHaveAttribute('aria-pressed', 'true')
  expect(screen.getByText('Locked')).toBeVisible()
})

test('a pick that came true shows the score and what it brought', async () => {
  await show(
    <PickRow pick={{ ...pick, state: 'won', choice: '1', score: { home: 2, away: 0 }, points: 3 }} />,
  )
  expect(screen.getByText('2–0')).toBeVisible()
  expect(screen.getByText('3 points')).toBeVisible()
})

test('a row breaks no rule of access', async () => {
  await show(<PickRow pick={pick} onPick={() => undefined} />)
  expect(await faults()).toEqual([])
})
