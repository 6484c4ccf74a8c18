import { expect, test, vi } from 'vitest'

import { hub, refusal } from '@/test/hub'

import { fileName, saveFile } from './save-file'

test('a title becomes a name that every disk takes', () => {
  expect(fileName('Öppet hus: Café & bullar', 'event')).toBe('oppet-hus-cafe-bullar')
  expect(fileName('⚽', 'event')).toBe('event')
})

test('a file is asked for as the member, and handed over under its name', async () => {
  const asked = hub({ 'GET /rooms/r1/export': () => new Response('{"type":"room"}\n') })
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:room', revokeObjectURL: vi.fn() }))
  const pressed = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    expect([this.href, this.download]).toEqual(['blob:room', 'first-team.jsonl'])
  })
  await saveFile('/rooms/r1/export', 'first-team.jsonl')
  expect(pressed).toHaveBeenCalledOnce()
  expect(asked.map(({ path }) => path)).toEqual(['/rooms/r1/export'])
})

test('what the hub refuses is not saved', async () => {
  hub({ 'GET /rooms/r1/export': () => refusal(429, { code: 'too_many', detail: 'Wait a while.' }) })
  const pressed = vi.spyOn(HTMLAnchorElement.prototype, 'click')
  await expect(saveFile('/rooms/r1/export', 'room.jsonl')).rejects.toThrow('Wait a while.')
  expect(pressed).not.toHaveBeenCalled()
})
