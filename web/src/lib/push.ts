import { api, take } from './api'

/** What a browser does with pushes of this app; `on` and `off` are the member's own choice. */
export type PushState = 'unsupported' | 'blocked' | 'on' | 'off'

/** Holds the id of the member who wants to be told in this browser. `app/live.ts` reads it. */
const KEY = 'push'

async function workerHere() {
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) return undefined
  return navigator.serviceWorker.getRegistration()
}

export async function pushState(): Promise<PushState> {
  const worker = await workerHere()
  if (!worker) return 'unsupported'
  if (Notification.permission === 'denied') return 'blocked'
  if (Notification.permission !== 'granted' || !(await worker.pushManager.getSubscription())) return 'off'
  return (await take(api.GET('/api/v1/chat/push'))).on ? 'on' : 'off'
}

const base64url = (raw: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(raw)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** One that was made for another key of the hub brings nothing any more. */
async function subscriptionFor(key: string, manager: PushManager) {
  const known = await manager.getSubscription()
  const made = known?.options.applicationServerKey
  if (known && (!made || base64url(made) === key)) return known
  await known?.unsubscribe()
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
}

/** Has the hub know this browser's subscription, in this session. */
async function subscribe(worker: ServiceWorkerRegistration) {
  const { key } = await take(api.GET('/api/v1/chat/push'))
  const { endpoint = '', keys } = (await subscriptionFor(key, worker.pushManager)).toJSON()
  const body = { endpoint, keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } }
  await take(api.PUT('/api/v1/chat/push', { body }))
}

/** permission: what the browser was answered; ask it in the very click, else some do not ask at all. */
export async function turnOn(
  memberId: string,
  permission: Promise<NotificationPermission>,
): Promise<PushState> {
  const answer = await permission
  if (answer !== 'granted') return answer === 'denied' ? 'blocked' : 'off'
  const worker = await workerHere()
  if (!worker) return 'unsupported'
  await subscribe(worker)
  localStorage.setItem(KEY, memberId)
  return 'on'
}

export async function turnOff(): Promise<PushState> {
  await api.DELETE('/api/v1/chat/push')
  localStorage.removeItem(KEY)
  const subscription = await (await workerHere())?.pushManager.getSubscription()
  await subscription?.unsubscribe()
  return 'off'
}

/** After a new sign-in, a new key of the hub, or when the browser has lost its subscription. */
export async function keep() {
  const worker = await workerHere()
  if (worker && Notification.permission === 'granted') await subscribe(worker)
}
