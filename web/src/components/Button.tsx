import { Link, type LinkProps } from '@tanstack/react-router'
import type { ButtonHTMLAttributes, ReactNode } from 'react'

import { cx } from '@/lib/cx'

import type { Icon } from './icons'
import { Tooltip } from './Tooltip'

export type ButtonTone = 'ink' | 'accent' | 'line' | 'quiet' | 'bad'

const TONES: Record<ButtonTone, string> = {
  ink: 'bg-ink text-paper hover:opacity-90',
  accent: 'bg-accent text-accent-ink hover:opacity-90',
  line: 'border border-line bg-surface text-ink hover:bg-sunken',
  quiet: 'text-ink-2 hover:bg-sunken hover:text-ink',
  bad: 'border border-line bg-surface text-bad hover:border-bad',
}

const SIZES = {
  sm: 'reach h-8 px-3 text-sm',
  md: 'h-10 touch:h-11 px-4 text-md',
  lg: 'h-12 px-6 text-md',
}

interface Look {
  tone?: ButtonTone
  size?: keyof typeof SIZES
  icon?: Icon
  wide?: boolean
}

function look({ tone = 'line', size = 'md', wide = false }: Look, className?: string) {
  return cx(
    'inline-flex items-center justify-center gap-2 rounded-control font-semibold whitespace-nowrap select-none',
    'transition-[background-color,opacity,color,border-color,scale] active:scale-[0.98]',
    'disabled:pointer-events-none disabled:opacity-50 aria-busy:pointer-events-none',
    SIZES[size],
    TONES[tone],
    wide && 'w-full',
    className,
  )
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement>, Look {
  /** Work is under way: the button keeps its size, says so, and takes no second press. */
  busy?: boolean
}

export function Button({
  tone,
  size,
  icon: Glyph,
  wide,
  busy = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      {...rest}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
      className={look({ tone, size, wide }, className)}
    >
      {busy ? <Spinner /> : Glyph && <Glyph size={size === 'sm' ? 16 : 18} />}
      {children}
    </button>
  )
}

function Spinner() {
  return (
    <svg viewBox="0 0 18 18" width={18} height={18} aria-hidden="true" className="animate-spin">
      <circle cx="9" cy="9" r="7" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="30 14" />
    </svg>
  )
}

type ButtonLinkProps = Look & LinkProps & { className?: string; children: ReactNode }

/** A link that looks like a button. */
export function ButtonLink({ tone, size, icon: Glyph, wide, className, children, ...link }: ButtonLinkProps) {
  return (
    <Link {...link} className={look({ tone, size, wide }, className)}>
      {Glyph && <Glyph size={size === 'sm' ? 16 : 18} />}
      {children}
    </Link>
  )
}

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: Icon
  /** What it does, in words: its name for a screen reader and its tooltip. */
  label: string
  tone?: ButtonTone
  size?: number
  filled?: boolean
}

export function IconButton({
  icon: Glyph,
  label,
  tone = 'quiet',
  size = 20,
  filled,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip words={label}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={cx(
          'reach inline-grid size-9 shrink-0 place-items-center rounded-control transition-colors',
          'disabled:pointer-events-none disabled:opacity-50',
          TONES[tone],
          className,
        )}
      >
        <Glyph size={size} fill={filled ? 'currentColor' : 'none'} />
      </button>
    </Tooltip>
  )
}
