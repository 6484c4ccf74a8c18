import { answer } from './strategy'

interface Worker {
  addEventListener(type: 'install' | 'activate', listener: (event: Lifetime) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchLifetime) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
  location: Location
}

interface Lifetime {
  waitUntil(work: Promise<unknown>): void
}

interface FetchLifetime extends Lifetime {
  request: Request
  respondWith(response: Promise<Response>): void
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
