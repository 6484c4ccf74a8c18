import { Avatar } from '@/components/Avatar'
import { Crest } from '@/components/Crest'
import { DateBlock } from '@/components/DateBlock'
import { Hue } from '@/components/Hue'
import { ReelIcon } from '@/components/icons'
import { hueOf } from '@/styles/hues'

import type { Found } from './queries'

/** What a found thing is recognised by: a face, a crest, a day, a picture. */
export function Face({ found, size }: { found: Found; size: 'small' | 'large' }) {
  const { kind, club, person, title } = found
  const px = size === 'small' ? 32 : 48
  if (kind === 'club') return <Crest name={club?.name ?? title} hue={club?.hue} size={px} />
  if (kind === 'event' && found.starts_at && size === 'large')
    return (
      <Hue value={club?.hue}>
        <DateBlock at={found.starts_at} size="small" />
      </Hue>
    )
  if (kind === 'event') return <Crest name={club?.name ?? title} hue={club?.hue} size={px} />
  if (kind === 'reel') return <Poster found={found} px={px} />
  return <Avatar person={person ?? { id: found.id, name: title, hue: found.hue ?? hueOf(title) }} size={px} />
}

function Poster({ found, px }: { found: Found; px: number }) {
  const style = { width: px, height: px }
  if (!found.poster_url)
    return (
      <span className="grid shrink-0 place-items-center rounded-control bg-sunken text-ink-3" style={style}>
        <ReelIcon size={px / 2} />
      </span>
    )
  return (
    <img
      src={found.poster_url}
      alt=""
      loading="lazy"
      className="shrink-0 rounded-control bg-sunken object-cover"
      style={style}
    />
  )
}
