import { QueryClient, QueryClientProvider, QueryObserver } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'

import { rooms, type Room } from '@/lib/queries/rooms'
import { hub } from '@/test/hub'

import { useDraft } from './draft'

const KEY = 'draft:m1:r1'
let keeps: () => unknown

beforeEach(() => {
  keeps = () => ({})
})

/** The field of a room whose draft the hub knows; `elsewhere` is what another device of hers gives to the hub. */
function stage(draft = '', thread?: string) {
  const asked = hub({ 'PUT /rooms/r1/draft': () => keeps() })
  const cache = new QueryClient()
  const shown = renderHook((room: Room) => useDraft(room, thread), {
    initialProps: { id: 'r1', draft } as Room,
    wrapper: ({ children }) => <QueryClientProvider client={cache}>{children}</QueryClientProvider>,
  })
  const given = () => asked.filter(({ method }) => method === 'PUT').map(({ body }) => body)
  return {
    ...shown,
    cache,
    given,
    text: () => shown.result.current[0],
    type: (words: string) => act(() => shown.result.current[1](words)),
    elsewhere: (words: string) => shown.rerender({ id: 'r1', draft: words } as Room),
  }
}

test('what was sent or written further on another device is so in the field that was left alone', () => {
  const { text, elsewhere } = stage('Half a')
  elsewhere('Half a thought')
  expect(text()).toBe('Half a thought')
  elsewhere('')
  expect(text()).toBe('')
})

test('the field follows also after it was the one that was written in', async () => {
  const { text, type, elsewhere, given } = stage()
  type('Half a')
  await waitFor(() => expect(given()).toEqual([{ body: 'Half a' }]), { timeout: 3000 })
  elsewhere('Half a')
  await waitFor(() => expect(localStorage.getItem(KEY)).toBeNull())
  elsewhere('')
  expect(text()).toBe('')
})

test('what is being written here is not written over', () => {
  const { text, type, elsewhere } = stage('Half a')
  type('Half a word')
  elsewhere('')
  expect(text()).toBe('Half a word')
})

test('what the hub could not be given stays here, and is given on leaving', async () => {
  keeps = () => 503
  const { text, type, elsewhere, given, unmount } = stage()
  type('Half a')
  await waitFor(() => expect(given()).toHaveLength(1), { timeout: 3000 })
  elsewhere('Half a')
  elsewhere('')
  expect(text()).toBe('Half a')
  keeps = () => ({})
  unmount()
  await waitFor(() => expect(localStorage.getItem(KEY)).toBeNull())
  expect(given()).toEqual([{ body: 'Half a' }, { body: 'Half a' }])
})

test('a list of rooms that was asked for before is asked for anew', async () => {
  const { cache, type, given } = stage()
  const list = vi.fn(() => Promise.resolve<Room[]>([]))
  list.mockReturnValueOnce(new Promise(() => undefined))
  cache.setQueryData(rooms.queryKey, [])
  const unwatch = new QueryObserver(cache, { ...rooms, queryFn: list, staleTime: 0 }).subscribe(
    () => undefined,
  )
  type('Half a')
  await waitFor(() => expect(given()).toHaveLength(1), { timeout: 3000 })
  await waitFor(() => expect(list).toHaveBeenCalledTimes(2))
  unwatch()
})

test('what is begun in a thread is none of the room’s', () => {
  const { text, type, elsewhere } = stage('Half a', 'm1')
  expect(text()).toBe('')
  elsewhere('Half a thought')
  expect(text()).toBe('')
  type('An answer')
  expect(localStorage.getItem(`${KEY}:m1`)).toBe('An answer')
})
