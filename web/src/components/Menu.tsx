import { Menu as Base } from '@base-ui/react/menu'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'

import { cx } from '@/lib/cx'

import type { Icon } from './icons'

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
  'flex min-h-9 touch:min-h-11 cursor-default items-center gap-2.5 rounded-[0.4375rem] px-2.5 py-1.5 text-sm font-medium',
  'outline-none select-none data-highlighted:bg-sunken data-disabled:opacity-50',
)

/** A short list of things to do. Arrow keys, letters and Escape work; focus comes back to where it was. */
export function Menu({
  label,
  icon: Glyph,
  trigger,
  compact,
  align = 'end',
  side = 'bottom',
  children,
}: MenuProps) {
  const size = compact ? 'size-7' : 'size-9'
  const look = cx(
    'reach grid shrink-0 place-items-center rounded-control text-ink-3 hover:bg-sunken hover:text-ink',
    size,
  )
  return (
    <Base.Root modal={false}>
      {trigger ? (
        <Base.Trigger render={trigger} />
      ) : (
        <Base.Trigger aria-label={label} className={look}>
          {Glyph && <Glyph size={20} />}
        </Base.Trigger>
      )}
      <Base.Portal>
        <Base.Positioner
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 outline-none"
        >
          <Base.Popup
            aria-label={label}
            className={cx(
              'min-w-44 max-w-72 rounded-[0.75rem] border border-line bg-surface p-1 shadow-lift outline-none',
              'origin-(--transform-origin) transition-[opacity,scale] duration-120',
              'data-starting-style:scale-97 data-starting-style:opacity-0 data-ending-style:opacity-0',
            )}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
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
  return (
    <Base.Item onClick={onSelect} disabled={disabled} className={cx(ITEM, danger && 'text-bad')}>
      {Glyph && <Glyph size={18} className={danger ? '' : 'text-ink-3'} />}
      {children}
    </Base.Item>
  )
}

export function MenuLink({
  icon: Glyph,
  children,
  ...link
}: LinkProps & { icon?: Icon; children: ReactNode }) {
  return (
    <Base.Item render={<Link {...link} />} className={ITEM}>
      {Glyph && <Glyph size={18} className="text-ink-3" />}
      {children}
    </Base.Item>
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
  return (
    <Base.RadioGroup value={value} onValueChange={(next) => onChange(next as T)} aria-label={label}>
      <div className="px-2.5 pt-2 pb-1 text-xs font-medium text-ink-3">{label}</div>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} closeOnClick={false} className={ITEM}>
          <span className="flex-1">{option.label}</span>
          <Base.RadioItemIndicator className="size-1.5 rounded-pill bg-ink" />
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}

export const MenuLine = () => <Base.Separator className="my-1 h-px bg-line" />
