import { useT } from './t'

/** "3 new for you", over the list. What is on screen never moves by itself; the member asks for the new. */
export function NewPill({ count, onShow, words }: { count: number; onShow: () => void; words?: string }) {
  const t = useT()
  return (
    <div role="status" className="pointer-events-none sticky top-3 z-20 -mb-9 flex h-9 justify-center">
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="pointer-events-auto reach animate-rise rounded-pill bg-ink px-4 py-1.5 text-sm font-semibold text-paper shadow-lift"
        >
          {words ?? t('newForYou', { n: count })}
        </button>
      )}
    </div>
  )
}
