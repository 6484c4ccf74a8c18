import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'

import { Problem } from '@/lib/api'
import { sendForm } from '@/lib/api/send-form'
import { outbox } from '@/lib/chat/outbox'
import { message } from '@/lib/chat/testing'
import type { Attachment } from '@/lib/chat/wire'
import type { Room } from '@/lib/queries/rooms'
import { session } from '@/lib/session'
import { hub } from '@/test/hub'
import { faults, show } from '@/test/render'

import { Composer, type Mode } from './Composer'

const room = { id: 'r1', title: 'First team', kind: 'club', draft: '', members: 3 } as unknown as Room
const jonas = {
  person: { id: 'j1', handle: 'jonas', name: 'Jonas Lind', hue: 20, avatar_url: null },
  role: 'member',
}

/** What was given to the outbox. */
const written = () => outbox.entries.get().map(({ body }) => body)

async function stage(mode: Mode = { kind: 'new' }, where = room, thread?: string) {
  const onMode = vi.fn()
  const onLast = vi.fn()
  const asked = hub({
    'GET /rooms/r1/members': { data: [jonas] },
    'GET /rooms/r1/commands': {
      data: [{ insert: '/poll ', title: '/poll', detail: 'Question | one | two', complete: false }],
    },
    'PUT /rooms/r1/draft': {},
  })
  const shown = await show(
    <Composer
      room={where}
      thread={thread}
      label="Message to First team"
      mode={mode}
      onMode={onMode}
      onLast={onLast}
      onSent={vi.fn()}
    />,
  )
  const field = screen.getByRole('textbox', { name: 'Message to First team' })
  return { ...shown, asked, field, onMode, onLast, user: userEvent.setup() }
}

/** What goes up: the test says how far it is and how it ends. */
vi.mock('@/lib/api/send-form', () => ({ sendForm: vi.fn() }))

function goesUp() {
  const tries: { progress: (share: number) => void; end: (as: Attachment) => void; fail: () => void }[] = []
  vi.mocked(sendForm).mockReset()
  vi.mocked(sendForm).mockImplementation((_path, _form, _key, progress) => {
    let end: (as: never) => void = () => undefined
    let fail: () => void = () => undefined
    const done = new Promise<never>((resolve, reject) => {
      end = resolve
      fail = () => reject(Problem.offline())
    })
    tries.push({ progress, end: end as (as: Attachment) => void, fail })
    return { done, stop: () => undefined }
  })
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:pitch', revokeObjectURL: vi.fn() }))
  return tries
}

const picker = (container: HTMLElement) => container.querySelector('input[type=file]') as HTMLInputElement
const photo = () => new File(['x'], 'pitch.png', { type: 'image/png' })
const asSent: Attachment = { id: 'a1', kind: 'image', name: 'pitch.webp', size: 9, url: '/a1', alt: '' }

beforeEach(() => {
  outbox.entries.set([])
  session.state.set({ status: 'anonymous' })
})

test('Enter sends, Shift and Enter begin a new line, and the field is empty again', async () => {
  const { field, user } = await stage()
  await user.type(field, 'Pitch 4{Shift>}{Enter}{/Shift}at eight{Enter}')
  await waitFor(() => expect(written()).toMatchObject([{ kind: 'send', body: 'Pitch 4\nat eight' }]))
  expect(field).toHaveValue('')
  expect(await faults()).toEqual([])
})

test('nothing is sent of nothing', async () => {
  const { field, user } = await stage()
  await user.type(field, '   {Enter}')
  expect(written()).toEqual([])
})

test('↑ in the empty field asks for the last own message', async () => {
  const { field, user, onLast } = await stage()
  await user.type(field, '{ArrowUp}')
  expect(onLast).toHaveBeenCalledOnce()
  await user.type(field, 'a{ArrowUp}')
  expect(onLast).toHaveBeenCalledOnce()
})

test('an answer carries what it answers; Escape lets go of it', async () => {
  const to = message(7, { room: 'r1', body: 'Who can?' })
  const { field, user, onMode } = await stage({ kind: 'reply', to })
  await user.type(field, '{Escape}')
  expect(onMode).toHaveBeenCalledWith({ kind: 'new' })
  await user.type(field, 'Me.{Enter}')
  await waitFor(() =>
    expect(written()).toMatchObject([{ body: 'Me.', reply_to: { id: 'm7', preview: 'Who can?' } }]),
  )
})

test('a name is completed with the keys, and nothing is sent by that', async () => {
  const { field, user } = await stage()
  await user.type(field, 'ask @jo')
  expect(await screen.findByRole('option', { name: /Jonas Lind/ })).toHaveAttribute('aria-selected', 'true')
  expect(await faults()).toEqual([])
  await user.keyboard('{Enter}')
  expect(field).toHaveValue('ask @jonas ')
  expect(written()).toEqual([])
})

test('a command is offered behind a slash', async () => {
  const { field, user } = await stage()
  await user.type(field, '/po')
  await user.click(await screen.findByRole('option', { name: /poll/ }))
  expect(field).toHaveValue('/poll ')
})

test('a command that is typed out is sent by Enter, whatever is offered', async () => {
  const { field, user } = await stage()
  await user.type(field, '/poll Who? | Me')
  await screen.findByRole('option', { name: /poll/ })
  await user.keyboard('{Enter}')
  await waitFor(() => expect(written()).toMatchObject([{ body: '/poll Who? | Me' }]))
})

test('what she began to write is kept here at once and at the hub a little later', async () => {
  const { field, user, asked, unmount } = await stage()
  await user.type(field, 'half a')
  expect(localStorage.getItem('draft:m1:r1')).toBe('half a')
  unmount()
  await waitFor(() => expect(asked.find(({ method }) => method === 'PUT')?.body).toEqual({ body: 'half a' }))
  await waitFor(() => expect(localStorage.getItem('draft:m1:r1')).toBeNull())
})

test('a picture goes up at once, is described meanwhile, and is sent with its description', async () => {
  const tries = goesUp()
  const { user, field, container } = await stage()
  await user.upload(picker(container), photo())
  act(() => tries[0]?.progress(0.4))
  expect(screen.getByRole('progressbar', { name: 'pitch.png, 40 % sent' })).toBeVisible()
  const alt = screen.getByRole('textbox', { name: /What pitch.png shows/ })
  expect(alt).toHaveAttribute('placeholder', 'Add a description')
  await user.type(alt, 'The pitch under snow{Enter}')
  expect(field).toHaveFocus()
  await user.keyboard('{Enter}')
  expect(written()).toEqual([])
  act(() => tries[0]?.end(asSent))
  await waitFor(() => expect(screen.queryByRole('progressbar')).not.toBeInTheDocument())
  expect(await faults()).toEqual([])
  await user.keyboard('{Enter}')
  await waitFor(() =>
    expect(written()).toMatchObject([{ body: '', attachments: [{ id: 'a1', alt: 'The pitch under snow' }] }]),
  )
  expect(screen.queryByRole('list', { name: 'Files to send' })).not.toBeInTheDocument()
})

test('an upload that failed says so, sends nothing, and is tried again under the same key', async () => {
  const tries = goesUp()
  const { user, field, container } = await stage()
  await user.upload(picker(container), photo())
  act(() => tries[0]?.fail())
  expect(await screen.findByRole('alert')).toBeVisible()
  await user.type(field, 'Look{Enter}')
  expect(written()).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Try pitch.png again' }))
  const keys = vi.mocked(sendForm).mock.calls.map(([, , key]) => key)
  expect(keys[1]).toBe(keys[0])
  act(() => tries[1]?.end(asSent))
  await user.type(field, '{Enter}')
  await waitFor(() => expect(written()).toMatchObject([{ body: 'Look', attachments: [{ id: 'a1' }] }]))
})

const toSend = () => screen.queryByRole('list', { name: 'Files to send' })

test('files that are chosen wait in their room, and go on up while she is elsewhere', async () => {
  const tries = goesUp()
  const first = await stage()
  await first.user.upload(picker(first.container), photo())
  await first.user.type(screen.getByRole('textbox', { name: /What pitch.png shows/ }), 'Snow')
  first.unmount()
  act(() => tries[0]?.end(asSent))
  const thread = await stage(undefined, room, 'm1')
  expect(toSend()).not.toBeInTheDocument()
  thread.unmount()
  const other = await stage(undefined, { ...room, id: 'r2' })
  expect(toSend()).not.toBeInTheDocument()
  other.unmount()
  const { field, user } = await stage()
  expect(toSend()).toBeVisible()
  expect(screen.queryByRole('progressbar')).not.toBeInTheDocument()
  await user.type(field, '{Enter}')
  await waitFor(() =>
    expect(written()).toMatchObject([{ body: '', attachments: [{ id: 'a1', alt: 'Snow' }] }]),
  )
  expect(toSend()).not.toBeInTheDocument()
})

test('who signs out leaves no files behind, and nothing goes on up', async () => {
  goesUp()
  const stop = vi.fn()
  vi.mocked(sendForm).mockImplementation(() => ({ done: new Promise(() => undefined), stop }))
  const first = await stage()
  await first.user.upload(picker(first.container), photo())
  first.unmount()
  expect(stop).not.toHaveBeenCalled()
  session.state.set({ status: 'anonymous' })
  expect(stop).toHaveBeenCalledOnce()
  await stage()
  expect(toSend()).not.toBeInTheDocument()
})
