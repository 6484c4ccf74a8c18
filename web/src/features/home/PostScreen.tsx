import { queryOptions, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'

import { ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { PostView } from '@/components/feed/PostView'
import { Loaded } from '@/components/Loaded'
import { Page, PageHeader } from '@/components/Page'
import { PostSkeleton } from '@/components/Skeleton'
import { api, take } from '@/lib/api'
import { asProblem } from '@/lib/api/problem'

import { Comments } from './Comments'
import { useT } from './t'

const route = getRouteApi('/house/p/$postId')

const post = (id: string) =>
  queryOptions({
    queryKey: ['posts', id],
    queryFn: () => take(api.GET('/api/v1/posts/{post_id}', { params: { path: { post_id: id } } })),
  })

/** One post in its own place: where a search result or a notification leads. */
export function PostScreen() {
  const t = useT()
  const { postId } = route.useParams()
  const [isOpen, setOpen] = useState(true)
  const query = useQuery(post(postId))
  if (query.error && asProblem(query.error).status === 404)
    return (
      <Page title={t('post.title')}>
        <EmptyState
          level="h1"
          drawing="board"
          title={t('post.gone')}
          words={t('post.gone.words')}
          action={<ButtonLink to="/">{t('home.title')}</ButtonLink>}
        />
      </Page>
    )
  return (
    <Page title={t('post.title')}>
      <PageHeader title={t('post.title')} back />
      <Loaded query={query} skeleton={<PostSkeleton />}>
        {(shown) => <PostView post={shown} whence={{ surface: 'club' }} onComments={() => setOpen(true)} />}
      </Loaded>
      {isOpen && query.data && <Comments postId={postId} onClose={() => setOpen(false)} />}
    </Page>
  )
}
