import { createElement, type CSSProperties, type HTMLAttributes } from 'react'

interface HueProps extends HTMLAttributes<HTMLElement> {
  /** Degrees of OKLCH, one of styles/hues. Undefined or null leaves the hue of what is around. */
  value: number | null | undefined
  as?: 'div' | 'span' | 'section' | 'article' | 'li' | 'main'
}

/** Everything inside takes its accent from the club's hue. */
export function Hue({ value, as = 'div', style, ...rest }: HueProps) {
  if (value === null || value === undefined) return createElement(as, { style, ...rest })
  const tinted = { ...style, '--hue': value } as CSSProperties
  return createElement(as, { ...rest, 'data-hue': '', style: tinted })
}
