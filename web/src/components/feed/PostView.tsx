import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import type { Wire } from '@/lib/api'
import { cx } from '@/lib/cx'
import { compact } from '@/lib/format'
import { useReact, type Whence } from '@/lib/queries/actions'

import { Avatar } from '../Avatar'
import { Badge } from '../Badge'
import { Hue } from '../Hue'
import { HeartIcon } from '../icons'
import { CommentIcon, MegaphoneIcon } from '../icons-more'
import { SmartImage } from '../SmartImage'
import { useT } from '../t'
import { RelativeTime } from '../Time'

interface PostViewProps {
  post: Wire<'PostCard'>
  whence: Whence
  /** Opens the comments; without it the button leads to the post's own place. */
  onComments?: () => void
  /** A menu for who may edit or remove. */
  menu?: ReactNode
}

/** A post: not a card, a voice between hairlines. */
export function PostView({ post, whence, onComments, menu }: PostViewProps) {
  const t = useT()
  const { author, club } = post
  return (
    <Hue value={club?.hue ?? author.hue} as="article" className="flex gap-3">
      <Link to="/m/$handle" params={{ handle: author.handle }} tabIndex={-1} aria-hidden="true">
        <Avatar person={author} size={40} />
      </Link>
      <div className="min-w-0 flex-1">
        <header className="flex min-h-10 items-center gap-2">
          <p className="min-w-0 flex-1 leading-tight">
            <Link
              to="/m/$handle"
              params={{ handle: author.handle }}
              className="mr-2 text-md font-semibold hover:underline"
            >
              {author.name}
            </Link>
            <span className="text-sm text-ink-3">
              {club && (
                <>
                  <Link to="/c/$slug" params={{ slug: club.slug }} className="hover:underline">
                    {club.name}
                  </Link>
                  {', '}
                </>
              )}
              <RelativeTime at={post.created_at} />
              {post.edited_at && ` · ${t('post.edited')}`}
            </span>
          </p>
          {post.announce && (
            <Badge tone="accent">
              <MegaphoneIcon size={13} />
              {t('post.announcement')}
            </Badge>
          )}
          {menu}
        </header>
        {/* Rendered and sanitised by the hub (nh3); the text itself never reaches the page as HTML. */}
        {post.html && <div className="prose mt-1" dangerouslySetInnerHTML={{ __html: post.html }} />}
        <Pictures pictures={post.media} />
        <footer className="mt-2.5 flex items-center gap-6">
          <Heart post={post} whence={whence} />
          <Comments post={post} onComments={onComments} />
        </footer>
      </div>
    </Hue>
  )
}

function Heart({ post, whence }: { post: Wire<'PostCard'>; whence: Whence }) {
  const t = useT()
  const react = useReact(whence)
  const total = Object.values(post.reactions).reduce((sum, n) => sum + n, 0)
  const isMine = post.my_reaction !== null
  return (
    <button
      type="button"
      aria-pressed={isMine}
      aria-label={t('post.like', { n: total })}
      onClick={() => react.mutate({ post, reaction: isMine ? null : 'like' })}
      className={cx(
        'reach num flex items-center gap-2 text-sm font-semibold transition-[color,scale] active:scale-95',
        isMine ? 'text-live' : 'text-ink-2 hover:text-live',
      )}
    >
      <HeartIcon size={20} className={isMine ? 'fill-current' : undefined} />
      {total > 0 && compact(total)}
    </button>
  )
}

function Comments({ post, onComments }: { post: Wire<'PostCard'>; onComments?: () => void }) {
  const t = useT()
  return (
    <button
      type="button"
      aria-label={t('post.comments', { n: post.comments })}
      onClick={onComments}
      className="reach num flex items-center gap-2 text-sm font-semibold text-ink-2 hover:text-ink"
    >
      <CommentIcon size={20} />
      {post.comments > 0 && compact(post.comments)}
    </button>
  )
}

/** One picture as it is, two side by side, more in a grid with the rest counted. */
function Pictures({ pictures }: { pictures: readonly Wire<'Picture'>[] }) {
  if (pictures.length === 0) return null
  const [only] = pictures
  if (pictures.length === 1 && only) return <Picture picture={only} className="mt-3 max-h-[32rem]" ratio />
  const shown = pictures.slice(0, 4)
  return (
    <div className="mt-3 grid grid-cols-2 gap-1.5 overflow-hidden rounded-card">
      {shown.map((picture, index) => (
        <span key={picture.id} className="relative">
          <Picture picture={picture} className="aspect-4/3 rounded-none!" />
          {index === 3 && pictures.length > 4 && (
            <span className="display absolute inset-0 grid place-items-center bg-black/55 text-xl text-white">
              +{pictures.length - 4}
            </span>
          )}
        </span>
      ))}
    </div>
  )
}

function Picture({
  picture,
  className,
  ratio = false,
}: {
  picture: Wire<'Picture'>
  className?: string
  ratio?: boolean
}) {
  const best = picture.sizes.find(({ width }) => width >= 640) ?? picture.sizes.at(-1)
  if (!best) return null
  return (
    <SmartImage
      src={best.url}
      alt={picture.alt}
      colour={picture.colour}
      width={ratio ? picture.width : undefined}
      height={ratio ? picture.height : undefined}
      className={className}
    />
  )
}
