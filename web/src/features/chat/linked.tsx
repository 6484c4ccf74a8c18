import type { ReactNode } from 'react'

const ADDRESS = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/g

/** The text with its web addresses as links. Nothing else in it means anything: it is shown as it was written. */
export function linked(text: string): ReactNode[] {
  return text.split(ADDRESS).map((part, index) =>
    index % 2 === 1 ? (
      <a
        key={index}
        href={part}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-accent-text underline underline-offset-2"
      >
        {part}
      </a>
    ) : (
      part
    ),
  )
}
