import { announced, dismissToast, toasts } from '@/lib/announce'
import { cx } from '@/lib/cx'
import { useStore } from '@/lib/store'

import { CloseIcon } from './icons'
import { useT } from './t'

/** The polite voice of the app: one place on the page that screen readers listen to. */
export function LiveRegion() {
  const { words, count } = useStore(announced)
  return (
    <div aria-live="polite" className="sr-only">
      <span key={count}>{words}</span>
    </div>
  )
}

/** Short notes over the bottom edge, above the thumb bar on a phone. */
export function Toasts() {
  const t = useT()
  const shown = useStore(toasts)
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-24 z-50 flex flex-col items-center gap-2 md:bottom-6"
    >
      {shown.map(({ id, words, tone, action }) => (
        <div
          key={id}
          className="pointer-events-auto flex max-w-md animate-rise items-center gap-3 rounded-control bg-ink py-2 pr-2 pl-4 text-sm font-medium text-paper shadow-lift"
        >
          {tone === 'bad' && <i aria-hidden="true" className="size-2 shrink-0 rounded-pill bg-bad" />}
          <span className="min-w-0">{words}</span>
          {action && (
            <button
              type="button"
              className="reach shrink-0 rounded-sm px-2 py-1 font-semibold underline underline-offset-2"
              onClick={() => {
                action.run()
                dismissToast(id)
              }}
            >
              {action.label}
            </button>
          )}
          <button
            type="button"
            aria-label={t('dismiss')}
            className={cx('reach shrink-0 rounded-sm p-1 opacity-70 hover:opacity-100')}
            onClick={() => dismissToast(id)}
          >
            <CloseIcon size={16} />
          </button>
        </div>
      ))}
    </div>
  )
}
