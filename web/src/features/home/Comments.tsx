import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'

import { Avatar } from '@/components/Avatar'
import { Button } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { Loaded } from '@/components/Loaded'
import { Sheet } from '@/components/Sheet'
import { RowsSkeleton } from '@/components/Skeleton'
import { RelativeTime } from '@/components/Time'
import { api, once, take, type Wire } from '@/lib/api'
import { patchEverywhere, thing } from '@/lib/patch'
import { uuidv7 } from '@/lib/uuid'

import { comments } from './queries'
import { useT } from './t'

type Comment = Wire<'Comment'>

/** The comments of a post, beside it on a desk and from below on a phone. */
export function Comments({ postId, onClose }: { postId: string; onClose: () => void }) {
  const t = useT()
  const query = useQuery(comments(postId))
  const [replyTo, setReplyTo] = useState<Comment>()
  return (
    <Sheet
      open
      look="side"
      onClose={onClose}
      title={t('comments.title')}
      footer={
        <Write
          key={replyTo?.id ?? 'new'}
          postId={postId}
          replyTo={replyTo}
          onDone={() => setReplyTo(undefined)}
        />
      }
    >
      <Loaded
        query={{ ...query, data: query.data?.data }}
        skeleton={<RowsSkeleton rows={4} />}
        empty={<EmptyState drawing="chat" title={t('comments.none')} />}
      >
        {(all) => (
          <ul className="flex flex-col gap-5">
            {all.map((comment) => (
              <li key={comment.id}>
                <One comment={comment} onReply={() => setReplyTo(comment)} />
                <ul className="mt-3 ml-11 flex flex-col gap-3">
                  {comment.replies.map((reply) => (
                    <li key={reply.id}>
                      <One comment={reply} />
                    </li>
                  ))}
                  {comment.more_replies > 0 && (
                    <li className="text-sm text-ink-3">{t('comments.more', { n: comment.more_replies })}</li>
                  )}
                </ul>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Sheet>
  )
}

function One({ comment, onReply }: { comment: Comment; onReply?: () => void }) {
  const t = useT()
  if (comment.removed || !comment.author) return <p className="text-sm text-ink-3">{t('comments.removed')}</p>
  return (
    <article className="flex gap-3">
      <Avatar person={comment.author} size={32} />
      <div className="min-w-0 flex-1">
        <p className="text-sm">
          <b className="mr-2 font-semibold">{comment.author.name}</b>
          <RelativeTime at={comment.created_at} className="text-xs text-ink-3" />
        </p>
        <div className="prose text-md" dangerouslySetInnerHTML={{ __html: comment.html }} />
        {onReply && (
          <Button size="sm" tone="quiet" className="-ml-3" onClick={onReply}>
            {t('comments.reply')}
          </Button>
        )}
      </div>
    </article>
  )
}

interface WriteProps {
  postId: string
  replyTo?: Comment
  onDone: () => void
}

function Write({ postId, replyTo, onDone }: WriteProps) {
  const t = useT()
  const cache = useQueryClient()
  const [text, setText] = useState('')
  const [key, setKey] = useState(uuidv7)
  const send = useMutation({
    mutationFn: () =>
      take(
        api.POST('/api/v1/posts/{post_id}/comments', {
          params: { path: { post_id: postId } },
          headers: once(key),
          body: { text, parent_id: replyTo?.id ?? null, surface: 'club' },
        }),
      ),
    onSuccess: () => {
      setText('')
      setKey(uuidv7())
      patchEverywhere<Wire<'PostCard'> & Record<string, unknown>>(
        cache,
        thing(postId, 'my_reaction'),
        (post) => ({
          ...post,
          comments: post.comments + 1,
        }),
      )
      void cache.invalidateQueries({ queryKey: comments(postId).queryKey })
      onDone()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim()) send.mutate()
  }
  const label = replyTo?.author ? t('comments.replyTo', { name: replyTo.author.name }) : t('comments.write')
  return (
    <form onSubmit={submit} className="flex w-full gap-2">
      <input
        value={text}
        maxLength={2000}
        aria-label={label}
        placeholder={label}
        onChange={(event) => setText(event.target.value)}
        className="h-11 min-w-0 flex-1 rounded-control border border-line bg-surface px-3.5 text-md outline-none focus:border-ink-3"
      />
      <Button type="submit" tone="ink" disabled={!text.trim()} busy={send.isPending}>
        {t('comments.send')}
      </Button>
    </form>
  )
}
