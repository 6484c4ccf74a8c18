import { Fragment } from 'react'

import { plainWords } from '@/lib/format'

type Marks = readonly (readonly number[])[]

export interface Piece {
  text: string
  marked: boolean
}

/** A text in pieces by its marks. Marks count characters as people see them, not UTF-16 units. */
export function pieces(text: string, marks: Marks): Piece[] {
  const letters = [...text]
  const cut = (from: number, to?: number) => letters.slice(from, to).join('')
  const parts: Piece[] = []
  let at = 0
  for (const [from = 0, to = 0] of marks) {
    if (from < at || to <= from) continue
    parts.push({ text: cut(at, from), marked: false }, { text: cut(from, to), marked: true })
    at = to
  }
  parts.push({ text: cut(at), marked: false })
  return parts.filter((part) => part.text !== '')
}

/** What matched stands out, by weight and ground: never by colour alone. */
export function Marked({ text, marks }: { text: string; marks: Marks }) {
  return (
    <>
      {pieces(text, marks).map((piece, place) =>
        piece.marked ? (
          <mark key={place} className="rounded-sm bg-accent-soft px-px font-bold text-accent-text">
            {piece.text}
          </mark>
        ) : (
          <Fragment key={place}>{plainWords(piece.text)}</Fragment>
        ),
      )}
    </>
  )
}
