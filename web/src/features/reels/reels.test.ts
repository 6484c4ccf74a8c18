import { beforeEach, expect, test } from 'vitest'

import { faultOf, isTooLong, LARGEST } from './clip'
import { meaning } from './keys'
import { drop, gone, listed, restore, type Reel } from './queries'
import { sound, soundBlocked, toggleSound } from './sound'
import { savesData } from './thrift'
import { formOf } from './upload'
import { createWatch } from './watch'

const reel = (id: string, rest: Partial<Reel> = {}) =>
  ({ id, video_url: `/files/${id}.mp4`, ...rest }) as Reel
const feed = (...pages: Reel[][]) =>
  ({ pages: pages.map((data) => ({ data, next: null })), pageParams: [] }) as never

test('the reel that was asked for comes first and only once', () => {
  const list = listed(reel('b'), feed([reel('a'), reel('b')], [reel('c'), reel('a')]))
  expect(list.map(({ id }) => id)).toEqual(['b', 'a', 'c'])
})

test('what has no film yet is not shown', () => {
  expect(listed(undefined, feed([reel('a', { video_url: null })]))).toEqual([])
})

test('what was asked away is gone from every page, also the one that was asked for', () => {
  const all = feed([reel('a'), reel('b')], [reel('c')])
  drop('b')
  expect(listed(undefined, all, gone.get()).map(({ id }) => id)).toEqual(['a', 'c'])
  expect(listed(reel('b'), all, gone.get()).map(({ id }) => id)).toEqual(['a', 'c'])
  restore('b')
  expect(listed(undefined, all, gone.get()).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

function stopwatch() {
  let now = 1000
  const watch = createWatch(() => now)
  const play = (...steps: number[]) => steps.forEach((at) => watch.reading(at, 10))
  return { watch, play, pass: (ms: number) => (now += ms) }
}

test('what was played is counted, not what was jumped over', () => {
  const { watch, play, pass } = stopwatch()
  play(0, 1, 2)
  watch.jumped()
  play(7, 8)
  pass(5000)
  expect(watch.settle()).toEqual({ ms_visible: 5000, ms_played: 3000, loops: 0 })
})

test('beginning again by itself is a loop, a jump back is none', () => {
  const { watch, play, pass } = stopwatch()
  play(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9.8, 0.3)
  watch.jumped()
  play(0)
  pass(20_000)
  expect(watch.settle()).toMatchObject({ loops: 1, ms_played: 10_300 })
})

test('more than was in view was not played', () => {
  const { watch, play, pass } = stopwatch()
  play(0, 1, 2, 3)
  pass(2000)
  expect(watch.settle()?.ms_played).toBe(2000)
})

test('what only flew by was not seen', () => {
  const { watch, pass } = stopwatch()
  pass(300)
  expect(watch.settle()).toBeUndefined()
})

beforeEach(() => sound.set({ wanted: false, blocked: false }))

test('the choice of sound is kept for the next time', () => {
  toggleSound()
  expect([sound.get().wanted, localStorage.getItem('reels-sound')]).toEqual([true, 'on'])
  toggleSound()
  expect([sound.get().wanted, localStorage.getItem('reels-sound')]).toEqual([false, 'off'])
})

test('where the browser held the sound back, one press lets it out', () => {
  toggleSound()
  soundBlocked()
  toggleSound()
  expect(sound.get()).toEqual({ wanted: true, blocked: false })
})

test('a member who spares data is believed', () => {
  expect(savesData({ connection: { saveData: true } } as never)).toBe(true)
  expect(savesData({} as never)).toBe(false)
})

test('keys turn and stop, and leave a button its own', () => {
  const button = document.createElement('button')
  const input = document.createElement('input')
  expect(meaning('ArrowDown', document.body)).toBe('next')
  expect(meaning('K', document.body)).toBe('previous')
  expect(meaning(' ', document.body)).toBe('toggle')
  expect(meaning(' ', button)).toBeUndefined()
  expect(meaning('m', button)).toBe('sound')
  expect(meaning('l', input)).toBeUndefined()
})

test('a clip is judged before it is sent', () => {
  expect(faultOf({ name: 'goal.mp4', type: 'video/mp4', size: 10 })).toBeUndefined()
  expect(faultOf({ name: 'goal.MOV', type: '', size: 10 })).toBeUndefined()
  expect(faultOf({ name: 'team.png', type: 'image/png', size: 10 })).toBe('kind')
  expect(faultOf({ name: 'goal.mp4', type: 'video/mp4', size: 0 })).toBe('empty')
  expect(faultOf({ name: 'goal.mp4', type: 'video/mp4', size: LARGEST + 1 })).toBe('size')
  expect([isTooLong(90), isTooLong(91), isTooLong(undefined)]).toEqual([false, true, false])
})

test('small fields go before the clip', () => {
  const file = new File(['x'], 'goal.mp4')
  const form = formOf({ file, clubId: 'c', caption: ' Goal ', visibility: 'club' })
  expect([...form.keys()]).toEqual(['club_id', 'caption', 'visibility', 'file'])
  expect(form.get('caption')).toBe('Goal')
})
