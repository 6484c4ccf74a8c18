import { expect, test } from 'vitest'

import { placeOf } from './links'

test('a reel is opened in the viewer', () => {
  expect(placeOf('/reels/r1')).toEqual({ to: '/reels', search: { reel: 'r1' } })
})

test('my badges are on my page', () => {
  expect(placeOf('/me/badges', 'mara')).toEqual({ to: '/m/mara', search: {} })
})

test('everything else is where it says, with its parameters', () => {
  expect(placeOf('/e/1')).toEqual({ to: '/e/1', search: {} })
  expect(placeOf('/c/river?tab=events')).toEqual({ to: '/c/river', search: { tab: 'events' } })
})
