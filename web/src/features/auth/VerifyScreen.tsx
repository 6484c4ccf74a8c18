import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'

import { ButtonLink } from '@/components/Button'
import { ErrorState } from '@/components/EmptyState'
import { Bone, Loading } from '@/components/Skeleton'
import { Problem } from '@/lib/api/problem'
import { session } from '@/lib/session'

import { Door } from './Door'
import { useT } from './t'

/** Where the letter leads. The token is spent once; a second look shows what the first one learnt. */
export function VerifyScreen() {
  const t = useT()
  const { token } = useSearch({ from: '/door/verify' })
  const spent = useQuery({
    queryKey: ['verify', token],
    queryFn: async () => {
      if (!token) throw new Problem({ status: 404, title: t('verify.none'), detail: t('verify.none.words') })
      return session.enter('verify', { token })
    },
    staleTime: Infinity,
    retry: false,
  })
  return (
    <Door
      title={spent.data ? t('verify.done') : t('verify.title')}
      words={spent.data && t('verify.done.words')}
    >
      {spent.isPending && (
        <Loading label={t('verify.busy')}>
          <Bone className="h-5 w-3/4" />
          <Bone className="mt-3 h-12 w-full" />
        </Loading>
      )}
      {spent.isError && (
        <ErrorState error={spent.error} onRetry={() => void spent.refetch()} className="py-0" />
      )}
      {spent.data && (
        <ButtonLink to="/clubs" tone="ink" size="lg" wide>
          {t('verify.go')}
        </ButtonLink>
      )}
    </Door>
  )
}
