/** What the worker has to do with a push: show it, lead to it, and keep the subscription that brings it. */

export interface Window {
  readonly url: string
  readonly visibilityState: string
  focus(): Promise<unknown>
  postMessage(message: unknown, transfer?: Transferable[]): void
}

interface Notice {
  close(): void
  readonly data: unknown
}

export interface Place {
  origin: string
  windows: () => Promise<readonly Window[]>
  open: (url: string) => Promise<unknown>
  show: (title: string, options: NotificationOptions) => Promise<void>
  badge: (count: number) => Promise<void>
  subscribe: (options: PushSubscriptionOptionsInit) => Promise<PushSubscription>
  fetch: (url: string, init: RequestInit) => Promise<unknown>
}

const ANSWERS_MS = 500

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
const words = (value: unknown) => (typeof value === 'string' ? value : '')

/** Where a link leads inside this app; links to elsewhere lead to its front. */
function pathOf(url: string, origin: string) {
  const { pathname, search } = URL.canParse(url, origin) ? new URL(url, origin) : new URL(origin)
  return pathname + search
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '') as unknown
  } catch {
    return undefined
  }
}

/** The room a page shows now: its address is the page's own to tell, the browser may know only where it began. */
function shownBy(page: Window, origin: string): Promise<string> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    const late = setTimeout(() => resolve(pathOf(page.url, origin)), ANSWERS_MS)
    port1.onmessage = ({ data }) => {
      clearTimeout(late)
      port1.close()
      resolve(words(data))
    }
    page.postMessage({ type: 'where' }, [port2])
  })
}

/** Shows a declarative push message, unless somebody is looking at what it is about. */
export async function show(text: string | undefined, place: Place): Promise<void> {
  const message = record(parsed(text))
  const { title, body, navigate, tag } = record(message.notification)
  const path = pathOf(words(navigate) || '/', place.origin)
  const looking = (await place.windows()).filter(({ visibilityState }) => visibilityState === 'visible')
  const shown = await Promise.all(looking.map((page) => shownBy(page, place.origin)))
  if (shown.includes(path)) return
  if (typeof message.app_badge === 'number') await place.badge(message.app_badge)
  // A push that shows nothing costs the permission in some browsers, so one that cannot be read is shown as well.
  await place.show(words(title) || 'ClubHoloHub', {
    body: words(body),
    tag: words(tag) || undefined,
    icon: '/icon.svg',
    data: { path },
  })
}

/** Leads to what a notice is about: in the page that is open, or a new one. */
export async function lead(notice: Notice, place: Place): Promise<void> {
  notice.close()
  const path = words(record(notice.data).path) || '/'
  const pages = await place.windows()
  const page = pages.find(({ visibilityState }) => visibilityState === 'visible') ?? pages[0]
  if (!page) return void (await place.open(path))
  await page.focus()
  page.postMessage({ type: 'open', path })
}

/** Tells the hub of the subscription that took the place of another. The old one's secret says whose it is. */
export async function move(
  old: PushSubscription | null,
  next: PushSubscription | null,
  place: Place,
): Promise<void> {
  const before = old?.toJSON()
  // Without it nobody is known: the app subscribes anew when it is opened.
  if (!old || !before?.endpoint || !before.keys?.auth) return
  const now = next ?? (await place.subscribe(old.options))
  const { endpoint, keys } = now.toJSON()
  await place.fetch('/api/v1/chat/push/moved', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      old: before.endpoint,
      auth: before.keys.auth,
      now: { endpoint, keys: { p256dh: keys?.p256dh, auth: keys?.auth } },
    }),
  })
}
