import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { Avatar } from '@/components/Avatar'
import { cx } from '@/lib/cx'
import { clockTime, dayAndTime } from '@/lib/format'

import { useScene, type Face } from './scene'

/** A member's name leads to her; of others there is nothing more to see. */
export function Name({ face: { name, handle }, className }: { face: Face; className: string }) {
  const look = cx('truncate text-md', className)
  if (!handle) return <span className={look}>{name}</span>
  return (
    <Link to="/m/$handle" params={{ handle }} className={cx(look, 'hover:underline')}>
      {name}
    </Link>
  )
}

/** The face at the left where somebody begins; the time, while pointed at, where the same one goes on. */
function WriterFace({ face, begins, at }: { face: Face; begins: boolean; at: string }) {
  const { here, me } = useScene()
  const isHere = face.id !== undefined && face.id !== me.id && here.has(face.id)
  return (
    <div className="w-10 shrink-0" aria-hidden="true">
      {begins ? (
        <Avatar person={face} size={40} here={isHere} />
      ) : (
        <time className="num hidden pt-1.5 text-right text-xs text-ink-3 group-hover/row:block">
          {clockTime(at)}
        </time>
      )}
    </div>
  )
}

interface NameProps {
  face: Face
  at: string
  /** In place of the time: that it is on its way. */
  state?: string
  children?: ReactNode
}

function WriterName({ face, at, state, children }: NameProps) {
  return (
    <p className="flex items-baseline gap-2.5">
      <Name face={face} className="font-semibold" />
      {state === undefined ? (
        <time dateTime={at} title={dayAndTime(at)} className="num shrink-0 text-xs text-ink-3">
          {clockTime(at)}
        </time>
      ) : (
        <span className="shrink-0 text-xs text-ink-3">{state}</span>
      )}
      {children}
    </p>
  )
}

/** Who wrote it. */
export const Writer = { Face: WriterFace, Name: WriterName }
