import type { ReactNode } from 'react'

/** One titled part of the settings, with a sentence on what it is for. */
export function Part({ title, words, children }: { title: string; words?: ReactNode; children: ReactNode }) {
  return (
    <section className="border-b border-line py-7 first:pt-5 last:border-0">
      <h2 className="text-lg">{title}</h2>
      {words && <p className="mt-1 max-w-prose text-sm text-ink-2">{words}</p>}
      <div className="mt-5">{children}</div>
    </section>
  )
}
