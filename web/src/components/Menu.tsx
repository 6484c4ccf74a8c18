import { Link, type LinkProps } from '@tanstack/react-router'
import {
  cloneElement,
  lazy,
  Suspense,
  useState,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
} from 'react'

import { cx } from '@/lib/cx'

import type { Icon } from './icons'
import { useMenuParts } from './menu-parts'

// The machinery comes with the first hover, focus or press, not with the first page.
const load = () => import('./MenuPopup')
const Popup = lazy(() => load().then((module) => ({ default: module.MenuPopup })))

interface MenuProps {
  label: string
  /** The usual trigger: an icon. Or give an own `trigger` button. */
  icon?: Icon
  trigger?: ReactElement<Record<string, unknown>>
  compact?: boolean
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom' | 'right'
  children: ReactNode
}

const ITEM = cx(
  'flex min-h-9 cursor-default items-center gap-2.5 rounded-[0.4375rem] px-2.5 py-1.5 text-sm font-medium touch:min-h-11',
  'outline-none select-none data-disabled:opacity-50 data-highlighted:bg-sunken',
)

/** A short list of things to do. Arrow keys, letters and Escape work; focus comes back to where it was. */
export function Menu({
  label,
  icon,
  trigger,
  compact = false,
  align = 'end',
  side = 'bottom',
  children,
}: MenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const [state, setState] = useState<'unused' | 'open' | 'closed'>('unused')
  const isOpen = state === 'open'
  const toggle = () => setState(isOpen ? 'closed' : 'open')
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    setState('open')
  }
  const wiring = {
    ref: setAnchor,
    'aria-haspopup': 'menu',
    'aria-expanded': isOpen,
    onClick: toggle,
    onKeyDown,
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
  } as const
  return (
    <>
      {trigger ? (
        cloneElement(trigger, wiring)
      ) : (
        <IconTrigger label={label} icon={icon} compact={compact} wiring={wiring} />
      )}
      <Suspense>
        {state !== 'unused' && (
          <Popup
            label={label}
            anchor={anchor}
            open={isOpen}
            onClose={() => setState('closed')}
            align={align}
            side={side}
          >
            {children}
          </Popup>
        )}
      </Suspense>
    </>
  )
}

interface IconTriggerProps {
  label: string
  icon: Icon | undefined
  compact: boolean
  wiring: React.ComponentProps<'button'>
}

function IconTrigger({ label, icon: Glyph, compact, wiring }: IconTriggerProps) {
  return (
    <button
      type="button"
      aria-label={label}
      {...wiring}
      className={cx(
        'reach grid shrink-0 place-items-center rounded-control text-ink-3 hover:bg-sunken hover:text-ink',
        compact ? 'size-7' : 'size-9',
      )}
    >
      {Glyph && <Glyph size={20} />}
    </button>
  )
}

interface MenuItemProps {
  onSelect: () => void
  icon?: Icon
  /** For what cannot be undone. */
  danger?: boolean
  disabled?: boolean
  children: ReactNode
}

export function MenuItem({ onSelect, icon: Glyph, danger, disabled, children }: MenuItemProps) {
  const Parts = useMenuParts()
  return (
    <Parts.Item onClick={onSelect} disabled={disabled} className={cx(ITEM, danger && 'text-bad')}>
      {Glyph && <Glyph size={18} className={danger ? '' : 'text-ink-3'} />}
      {children}
    </Parts.Item>
  )
}

export function MenuLink({
  icon: Glyph,
  children,
  ...link
}: LinkProps & { icon?: Icon; children: ReactNode }) {
  const Parts = useMenuParts()
  return (
    <Parts.Item render={<Link {...link} />} className={ITEM}>
      {Glyph && <Glyph size={18} className="text-ink-3" />}
      {children}
    </Parts.Item>
  )
}

interface MenuChoiceProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onChange: (value: T) => void
}

/** A choice of one inside a menu; it stays open so that the effect can be seen. */
export function MenuChoice<T extends string>({ label, value, options, onChange }: MenuChoiceProps<T>) {
  const Parts = useMenuParts()
  return (
    <Parts.RadioGroup value={value} onValueChange={(next) => onChange(next as T)} aria-label={label}>
      <div className="px-2.5 pt-2 pb-1 text-xs font-medium text-ink-3">{label}</div>
      {options.map((option) => (
        <Parts.RadioItem key={option.value} value={option.value} closeOnClick={false} className={ITEM}>
          <span className="flex-1">{option.label}</span>
          <Parts.RadioItemIndicator className="size-1.5 rounded-pill bg-ink" />
        </Parts.RadioItem>
      ))}
    </Parts.RadioGroup>
  )
}

export function MenuLine() {
  const Parts = useMenuParts()
  return <Parts.Separator className="my-1 h-px bg-line" />
}
