import { lead, move, show, type Place, type Window } from './pushing'
import { answer } from './strategy'

interface Worker {
  addEventListener(type: 'install' | 'activate', listener: (event: Lifetime) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchLifetime) => void): void
  addEventListener(type: 'push', listener: (event: PushLifetime) => void): void
  addEventListener(type: 'notificationclick', listener: (event: ClickLifetime) => void): void
  addEventListener(type: 'pushsubscriptionchange', listener: (event: ChangeLifetime) => void): void
  skipWaiting(): Promise<void>
  clients: {
    claim(): Promise<void>
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Window[]>
    openWindow(url: string): Promise<unknown>
  }
  registration: ServiceWorkerRegistration
  location: Location
}

interface Lifetime {
  waitUntil(work: Promise<unknown>): void
}

interface FetchLifetime extends Lifetime {
  request: Request
  respondWith(response: Promise<Response>): void
}

interface PushLifetime extends Lifetime {
  data: { text(): string } | null
}

interface ClickLifetime extends Lifetime {
  notification: Notification
}

interface ChangeLifetime extends Lifetime {
  oldSubscription?: PushSubscription | null
  newSubscription?: PushSubscription | null
}

const worker = self as unknown as Worker
// They are filled in by scripts/service-worker-plugin.ts when the app is built.
const files = '__SHELL_FILES__'.split(' ')
const screens = '__SCREEN_FILES__'.split(' ').filter(Boolean)
const cacheName = `shell-${'__SHELL_VERSION__'}`

async function install() {
  const cache = await caches.open(cacheName)
  await cache.addAll(files)
  await worker.skipWaiting()
}

async function activate() {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)))
  await worker.clients.claim()
}

/** Beside everything else: nobody waits for it, and a screen that cannot be had now comes when it is opened. */
async function keepScreens() {
  const cache = await caches.open(cacheName)
  await Promise.allSettled(screens.map((file) => cache.add(file)))
}

worker.addEventListener('install', (event) => event.waitUntil(install()))
worker.addEventListener('activate', (event) => event.waitUntil(activate().then(() => void keepScreens())))
worker.addEventListener('fetch', (event) => {
  const response = answer(event.request, {
    origin: worker.location.origin,
    open: () => caches.open(cacheName),
    fetch: (request) => fetch(request),
  })
  if (response) event.respondWith(response)
})

const place: Place = {
  origin: worker.location.origin,
  windows: () => worker.clients.matchAll({ type: 'window', includeUncontrolled: true }),
  open: (url) => worker.clients.openWindow(url),
  show: (title, options) => worker.registration.showNotification(title, options),
  badge: async (count) => {
    if ('setAppBadge' in navigator) await navigator.setAppBadge(count).catch(() => undefined)
  },
  subscribe: (options) => worker.registration.pushManager.subscribe(options),
  fetch: (url, init) => fetch(url, init),
}

worker.addEventListener('push', (event) => event.waitUntil(show(event.data?.text(), place)))
worker.addEventListener('notificationclick', (event) => event.waitUntil(lead(event.notification, place)))
worker.addEventListener('pushsubscriptionchange', (event) =>
  event.waitUntil(move(event.oldSubscription ?? null, event.newSubscription ?? null, place)),
)
