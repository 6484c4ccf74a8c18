import { useId } from 'react'

import { cx } from '@/lib/cx'
import { initials } from '@/lib/format'
import { hueOf } from '@/styles/hues'

export interface Person {
  id?: string
  name: string
  /** The hue the member chose or was given; worked out when absent. */
  hue?: number | null
  avatar_url?: string | null
}

interface AvatarProps {
  person: Person
  size?: number
  /** Shows the dot of someone who is here now. */
  here?: boolean
  className?: string
}

/** A member's face: the picture, or the initials on a gradient that always comes out the same for the same member. */
export function Avatar({ person, size = 40, here = false, className }: AvatarProps) {
  return (
    <span
      className={cx('relative inline-flex shrink-0 select-none rounded-pill', className)}
      aria-hidden="true"
    >
      {person.avatar_url ? (
        <img
          src={person.avatar_url}
          alt=""
          width={size}
          height={size}
          loading="lazy"
          className="rounded-pill object-cover"
          style={{ width: size, height: size }}
        />
      ) : (
        <Initials person={person} size={size} />
      )}
      {here && (
        <i className="absolute right-0 bottom-0 size-[26%] max-h-3 max-w-3 rounded-pill border-2 border-paper bg-good" />
      )}
    </span>
  )
}

function Initials({ person, size }: { person: Person; size: number }) {
  const gradient = useId()
  const hue = person.hue ?? hueOf(person.id ?? person.name)
  return (
    <svg viewBox="0 0 40 40" width={size} height={size} className="rounded-pill">
      <linearGradient id={gradient} x1="0.15" y1="0" x2="0.85" y2="1">
        <stop offset="0" stopColor={`oklch(66% 0.1 ${hue})`} />
        <stop offset="1" stopColor={`oklch(40% 0.085 ${hue + 28})`} />
      </linearGradient>
      <rect width="40" height="40" fill={`url(#${gradient})`} />
      {/* Letters this small would only be noise. */}
      {size >= 28 && (
        <text
          x="20"
          y="20.500"
          textAnchor="middle"
          dominantBaseline="central"
          fontSize="14"
          fontWeight="650"
          className="fill-white font-display"
        >
          {initials(person.name)}
        </text>
      )}
    </svg>
  )
}

/** Faces half over each other, first on the left. */
export function AvatarStack({
  people,
  size = 26,
  max = 3,
}: {
  people: readonly Person[]
  size?: number
  max?: number
}) {
  return (
    <span className="inline-flex">
      {people.slice(0, max).map((person, place) => (
        <Avatar
          key={person.id ?? person.name}
          person={person}
          size={size}
          className={cx('ring-2 ring-surface', place > 0 && '-ml-2')}
        />
      ))}
    </span>
  )
}
