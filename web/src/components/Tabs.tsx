import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'

import { cx } from '@/lib/cx'

interface TabsProps<T extends string> {
  label: string
  value: T
  tabs: readonly { value: T; label: ReactNode }[]
  onChange: (value: T) => void
  /** The id of the element that shows the chosen tab: <div role="tabpanel" id=…>. */
  panelId: string
  /** Beside the tabs, at the right end. */
  end?: ReactNode
  className?: string
}

/** Tabs over a hairline. Arrows move and choose, as the ARIA pattern for tabs with content at hand asks. */
export function Tabs<T extends string>({
  label,
  value,
  tabs,
  onChange,
  panelId,
  end,
  className,
}: TabsProps<T>) {
  const list = useRef<HTMLDivElement>(null)

  // On a narrow page the chosen tab may stand beyond the edge. Only sideways: scrollIntoView would move the page too.
  useEffect(() => {
    const row = list.current
    const chosen = row?.querySelector<HTMLElement>('[aria-selected="true"]')
    if (row && chosen)
      row.scrollLeft = chosen.offsetLeft - row.offsetLeft - (row.clientWidth - chosen.clientWidth) / 2
  }, [value])

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const here = tabs.findIndex((tab) => tab.value === value)
    const place = (here + step + tabs.length) % tabs.length
    const next = tabs[place]
    if (!next) return
    onChange(next.value)
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[place]?.focus()
  }

  return (
    <div className={cx('flex items-end gap-4 border-b border-line', className)}>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        className="scroll-quiet -mb-px flex min-w-0 flex-1 gap-5 overflow-x-auto md:gap-6"
      >
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            aria-selected={tab.value === value}
            aria-controls={panelId}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onChange(tab.value)}
            className={cx(
              'border-b-2 pt-2.5 pb-3 font-medium whitespace-nowrap transition-colors -outline-offset-2',
              tab.value === value ? 'border-ink text-ink' : 'border-transparent text-ink-3 hover:text-ink',
            )}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {end && <div className="shrink-0 pb-2">{end}</div>}
    </div>
  )
}
