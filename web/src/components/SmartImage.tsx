import { useState } from 'react'

import { cx } from '@/lib/cx'

interface SmartImageProps {
  src: string
  /** Words for those who do not see it. Empty only when the text beside it says the same. */
  alt: string
  /** The picture's own average colour, as CSS; the ground while it loads. */
  colour?: string | null
  width?: number | null
  height?: number | null
  className?: string
  eager?: boolean
}

/** A picture that never moves the page: its place is kept, its own colour stands there until it comes. */
export function SmartImage({ src, alt, colour, width, height, className, eager = false }: SmartImageProps) {
  const [state, setState] = useState<'loading' | 'shown' | 'lost'>('loading')
  const ratio = width && height ? `${width} / ${height}` : undefined
  return (
    <span
      className={cx('relative block overflow-hidden rounded-card bg-sunken', className)}
      style={{ backgroundColor: colour ?? undefined, aspectRatio: ratio }}
    >
      {state === 'lost' ? (
        <span className="absolute inset-0 grid place-items-center p-4 text-center text-sm text-ink-2">
          {alt}
        </span>
      ) : (
        <img
          src={src}
          alt={alt}
          loading={eager ? 'eager' : 'lazy'}
          decoding="async"
          onLoad={() => setState('shown')}
          onError={() => setState('lost')}
          className={cx(
            'size-full object-cover transition-opacity duration-240',
            state === 'loading' && 'opacity-0',
          )}
        />
      )}
    </span>
  )
}
