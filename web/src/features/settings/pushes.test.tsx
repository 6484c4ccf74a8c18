import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'

import { keep } from '@/lib/push'
import { showApp } from '@/test/app'
import { hub, type Asked } from '@/test/hub'

afterEach(() => {
  vi.unstubAllGlobals()
  localStorage.removeItem('push')
  Reflect.deleteProperty(navigator, 'serviceWorker')
})

const wish = { endpoint: 'https://push.example/1', keys: { p256dh: 'p', auth: 'a' } }

/** A browser that can be told, and how it answers when it is asked. */
function browser(
  permission: NotificationPermission,
  answer = permission,
  { known = false, key = 'AQID' } = {},
) {
  const made = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0)).buffer
  const subscription = {
    options: { applicationServerKey: made },
    unsubscribe: vi.fn(() => Promise.resolve(true)),
    toJSON: () => ({ ...wish, expirationTime: null }),
  }
  let now = known ? subscription : null
  const manager = {
    getSubscription: () => Promise.resolve(now),
    subscribe: vi.fn(() => Promise.resolve((now = subscription))),
  }
  const notices = {
    permission,
    requestPermission: vi.fn(() => Promise.resolve((notices.permission = answer))),
  }
  vi.stubGlobal('Notification', notices)
  vi.stubGlobal('PushManager', () => undefined)
  const getRegistration = () => Promise.resolve({ pushManager: manager })
  Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: { getRegistration } })
  return { manager, notices, subscription }
}

/** A hub that keeps what it is told about this device. */
function telling(on = false) {
  return hub({
    'GET /me/features': { counters: {}, sequence: [], last_at: null },
    'GET /chat/mail': { wanted: true },
    'GET /chat/push': () => ({ key: 'AQID', on }),
    'PUT /chat/push': () => ({ key: 'AQID', on: (on = true) }),
    'DELETE /chat/push': () => {
      on = false
      return 204
    },
  })
}

const told = (asked: Asked[]) =>
  asked
    .filter(({ path, method }) => path === '/chat/push' && method !== 'GET')
    .map(({ method, body }) => [method, body])

async function theSwitch() {
  await showApp('/settings?part=privacy')
  return screen.findByRole('switch', { name: /Tell me on this device/ })
}

test('where a browser cannot do it, that is said', async () => {
  telling()
  expect(await theSwitch()).toBeDisabled()
  expect(screen.getByText(/This browser cannot do that/)).toBeVisible()
})

test('where the browser blocks it, that is said, and the hub is not asked', async () => {
  const asked = telling()
  browser('denied')
  expect(await theSwitch()).toBeDisabled()
  expect(screen.getByText(/Your browser blocks notices/)).toBeVisible()
  expect(asked.some(({ path }) => path === '/chat/push')).toBe(false)
})

test('the browser is asked only by a click, and then the hub knows the device', async () => {
  const asked = telling()
  const { manager, notices } = browser('default', 'granted')
  const here = await theSwitch()
  expect(here).not.toBeChecked()
  expect(notices.requestPermission).not.toHaveBeenCalled()
  await userEvent.click(here)
  await waitFor(() => expect(here).toBeChecked())
  expect(manager.subscribe).toHaveBeenCalledWith({ userVisibleOnly: true, applicationServerKey: 'AQID' })
  expect(told(asked)).toEqual([['PUT', wish]])
  expect(localStorage.getItem('push')).toBe('m1')
})

test('who says no to the browser sees that it is blocked', async () => {
  const asked = telling()
  browser('default', 'denied')
  await userEvent.click(await theSwitch())
  expect(await screen.findByText(/Your browser blocks notices/)).toBeVisible()
  expect(told(asked)).toEqual([])
})

test('it is switched off, here and at the hub', async () => {
  const asked = telling(true)
  const { subscription } = browser('granted', 'granted', { known: true })
  localStorage.setItem('push', 'm1')
  const here = await theSwitch()
  expect(here).toBeChecked()
  await userEvent.click(here)
  await waitFor(() => expect(here).not.toBeChecked())
  expect(told(asked)).toEqual([['DELETE', '']])
  expect(subscription.unsubscribe).toHaveBeenCalledOnce()
  expect(localStorage.getItem('push')).toBeNull()
})

test('a subscription of this browser that the hub does not know is off', async () => {
  telling(false)
  browser('granted', 'granted', { known: true })
  expect(await theSwitch()).not.toBeChecked()
})

test('a subscription is kept known, and made anew for another key of the hub', async () => {
  const asked = telling()
  const same = browser('granted', 'granted', { known: true })
  await keep()
  expect(same.manager.subscribe).not.toHaveBeenCalled()
  const other = browser('granted', 'granted', { known: true, key: 'BAUG' })
  await keep()
  expect(other.subscription.unsubscribe).toHaveBeenCalledOnce()
  expect(other.manager.subscribe).toHaveBeenCalledOnce()
  expect(told(asked)).toEqual([
    ['PUT', wish],
    ['PUT', wish],
  ])
})
