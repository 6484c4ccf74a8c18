import type { ReactNode } from 'react'

/** A titled part of what stands about the room. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line py-4 first:border-0 first:pt-0" aria-label={title}>
      <h3 className="pb-2 text-md">{title}</h3>
      {children}
    </section>
  )
}
