import { Link } from '@tanstack/react-router'

import { Badge } from '@/components/Badge'
import { Hue } from '@/components/Hue'
import { Marked } from '@/components/Marked'
import { RelativeTime } from '@/components/Time'
import { placeOf } from '@/lib/links'

import { detailOf } from './detail'
import { Face } from './Face'
import type { Hit } from './queries'
import { useT } from './t'

const SINGULAR = {
  person: 'one.person',
  club: 'one.club',
  event: 'one.event',
  post: 'one.post',
  reel: 'one.reel',
} as const

/** One thing that was found: what it is, why it was found, where it leads. */
export function HitRow({ hit }: { hit: Hit }) {
  const t = useT()
  const { to, search } = placeOf(hit.link)
  const isPost = hit.kind === 'post'
  const detail = detailOf(hit)
  // A member's excerpt ends with her handle, which stands above it already.
  const excerpt = hit.kind === 'person' ? hit.excerpt.replace(` · ${detail}`, '') : hit.excerpt
  // An excerpt that only says the title again is no news; a post has no title but its words.
  const says = excerpt !== '' && excerpt !== detail && (isPost || excerpt !== hit.title)
  return (
    <Hue value={hit.hue ?? hit.club?.hue} as="li">
      <Link
        to={to as '/'}
        search={search as never}
        className="group flex gap-4 rounded-control py-4 -outline-offset-2"
      >
        <Face found={hit} size="large" />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            {!isPost && (
              <span className="min-w-0 truncate text-md font-semibold group-hover:underline">
                <Marked text={hit.title} marks={hit.marks} />
              </span>
            )}
            {isPost && <span className="num min-w-0 truncate text-sm text-ink-3">{detail}</span>}
            <Badge>{t(SINGULAR[hit.kind])}</Badge>
            {isPost && <RelativeTime at={hit.at} className="num shrink-0 text-sm text-ink-3" />}
          </span>
          {!isPost && detail && <span className="num block truncate text-sm text-ink-3">{detail}</span>}
          {says && (
            <span
              className={
                isPost ? 'mt-0.5 line-clamp-3 group-hover:underline' : 'mt-1 line-clamp-2 text-sm text-ink-2'
              }
            >
              <Marked text={excerpt} marks={hit.excerpt_marks} />
            </span>
          )}
        </span>
      </Link>
    </Hue>
  )
}
