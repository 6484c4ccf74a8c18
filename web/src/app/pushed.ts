import type { AppRouter } from './router'

/** What the worker asks of a page: where it is, and to lead to a room that a notice was about. */
export function followPushes(router: Pick<AppRouter, 'history'>, worker: ServiceWorkerContainer) {
  worker.addEventListener(
    'message',
    ({ data, ports }: MessageEvent<{ type?: unknown; path?: unknown } | null>) => {
      if (data?.type === 'where') ports[0]?.postMessage(location.pathname)
      if (data?.type === 'open' && typeof data.path === 'string' && data.path.startsWith('/'))
        router.history.push(data.path)
    },
  )
  const clear = () => {
    if (document.visibilityState === 'visible' && 'clearAppBadge' in navigator)
      void navigator.clearAppBadge().catch(() => undefined)
  }
  document.addEventListener('visibilitychange', clear)
  clear()
}
