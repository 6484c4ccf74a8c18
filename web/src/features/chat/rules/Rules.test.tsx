import { screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

import { toasts } from '@/lib/announce'
import { refusal } from '@/test/hub'
import { faults } from '@/test/render'

import { Rules } from './Rules'
import { roomOf, stage } from './stage'

const NO_HOOKS = { 'GET /rooms/r1/hooks': { data: [] } }
const TERMS = '/rooms/of-club/c1/blocked-terms'
const hook = { id: 'h1', room: 'r1', name: 'Scores', posts: 0, last_used_at: null }

const keeps = () => screen.findByRole('combobox', { name: 'Messages are kept' })

test('to keep messages for less is asked first, and said plainly', async () => {
  const { sent, user } = await stage(<Rules room={roomOf()} />, {
    ...NO_HOOKS,
    'PUT /rooms/r1/retention': 204,
  })
  await user.selectOptions(await keeps(), 'For 30 days')
  const ask = await screen.findByRole('dialog', { name: 'Keep messages for 30 days only?' })
  expect(ask).toHaveTextContent('Messages older than 30 days are taken out within the hour, for everybody')
  expect(sent()).toEqual([])
  await user.click(within(ask).getByRole('button', { name: 'Take out older messages' }))
  await waitFor(() => expect(sent()).toEqual([['PUT /rooms/r1/retention', { days: 30 }]]))
})

test('to keep them for longer takes nothing away, so it is done at once', async () => {
  const { sent, user } = await stage(<Rules room={roomOf({ keep_days: 30 })} />, {
    ...NO_HOOKS,
    'PUT /rooms/r1/retention': 204,
  })
  await user.selectOptions(await keeps(), 'For ever')
  await waitFor(() => expect(sent()).toEqual([['PUT /rooms/r1/retention', { days: null }]]))
})

test('how many days nobody offers is shown all the same', async () => {
  await stage(<Rules room={roomOf({ keep_days: 45 })} />, NO_HOOKS)
  expect(await keeps()).toHaveDisplayValue('For 45 days')
})

test('who moderates, but neither owns the room nor runs the club, slows it and gives out addresses', async () => {
  await stage(<Rules room={roomOf({ role: 'moderator' })} />, NO_HOOKS)
  expect(await screen.findByRole('combobox', { name: 'Slow mode' })).toBeVisible()
  expect(screen.getByRole('textbox', { name: 'Name it writes under' })).toBeVisible()
  expect(screen.queryByRole('combobox', { name: 'Messages are kept' })).toBeNull()
  expect(screen.queryByRole('textbox', { name: 'Blocked terms' })).toBeNull()
})

test('who runs the club says which words its rooms refuse, and sees them as they are matched', async () => {
  const { sent, user } = await stage(<Rules room={roomOf({ role: 'member' })} />, {
    ...NO_HOOKS,
    inClub: 'admin',
    [`GET ${TERMS}`]: { terms: ['muppet'] },
    [`PUT ${TERMS}`]: { terms: ['donkey', 'muppet'] },
  })
  const field = await screen.findByRole('textbox', { name: 'Blocked terms' })
  expect(field).toHaveValue('muppet')
  expect(screen.queryByRole('button', { name: 'Save terms' })).toBeNull()
  expect(await faults()).toEqual([])
  await user.type(field, '\n  Dönkey \n')
  await user.click(screen.getByRole('button', { name: 'Save terms' }))
  await waitFor(() => expect(field).toHaveValue('donkey\nmuppet'))
  expect(sent()).toEqual([[`PUT ${TERMS}`, { terms: ['muppet', 'Dönkey'] }]])
  expect(toasts.get().at(-1)?.words).toBe('Saved.')
})

test('what is wrong with a term is said beside it, and what was written stays', async () => {
  const wrong = {
    detail: 'Something is wrong.',
    errors: [{ pointer: '/terms/0', detail: 'Two letters at least.' }],
  }
  const { user } = await stage(<Rules room={roomOf()} />, {
    ...NO_HOOKS,
    inClub: 'owner',
    [`GET ${TERMS}`]: { terms: [] },
    [`PUT ${TERMS}`]: () => refusal(422, wrong),
  })
  const field = await screen.findByRole('textbox', { name: 'Blocked terms' })
  await user.type(field, 'x')
  await user.click(screen.getByRole('button', { name: 'Save terms' }))
  expect(await screen.findByText('Two letters at least.')).toBeVisible()
  expect(field).toHaveValue('x')
})

test('the address of a new webhook is shown once, to be copied', async () => {
  let all: object[] = []
  const url = 'https://club.example/api/v1/hooks/secret'
  const { sent, user } = await stage(<Rules room={roomOf()} />, {
    'GET /rooms/r1/hooks': () => ({ data: all }),
    'POST /rooms/r1/hooks': () => {
      all = [hook]
      return { hook, url }
    },
  })
  const copied = vi.spyOn(navigator.clipboard, 'writeText')
  await user.type(await screen.findByRole('textbox', { name: 'Name it writes under' }), 'Scores ')
  await user.click(screen.getByRole('button', { name: 'Add webhook' }))
  expect(await screen.findByRole('textbox', { name: 'Address of Scores' })).toHaveValue(url)
  expect(await screen.findByText('Not used yet')).toBeVisible()
  expect(sent()).toEqual([['POST /rooms/r1/hooks', { name: 'Scores' }]])
  expect(await faults()).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Copy address' }))
  expect(copied).toHaveBeenCalledWith(url)
})

test('a webhook is removed when that is meant, and its address with it', async () => {
  let all: object[] = []
  const { user } = await stage(<Rules room={roomOf()} />, {
    'GET /rooms/r1/hooks': () => ({ data: all }),
    'POST /rooms/r1/hooks': () => {
      all = [hook]
      return { hook, url: 'https://club.example/api/v1/hooks/secret' }
    },
    'DELETE /rooms/r1/hooks/h1': () => {
      all = []
      return 204
    },
  })
  await user.type(await screen.findByRole('textbox', { name: 'Name it writes under' }), 'Scores')
  await user.click(screen.getByRole('button', { name: 'Add webhook' }))
  await user.click(await screen.findByRole('button', { name: 'Remove Scores' }))
  const ask = await screen.findByRole('dialog', { name: 'Remove Scores?' })
  await user.click(within(ask).getByRole('button', { name: 'Remove webhook' }))
  await waitFor(() => expect(screen.queryByText('Not used yet')).toBeNull())
  expect(screen.queryByRole('textbox', { name: 'Address of Scores' })).toBeNull()
})
