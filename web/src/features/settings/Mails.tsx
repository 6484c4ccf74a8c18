import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { Switch } from '@/components/Field'
import { Loaded } from '@/components/Loaded'
import { Bone } from '@/components/Skeleton'
import { api, take } from '@/lib/api'

import { Part } from './Part'
import { mailChoice } from './queries'
import { useT } from './t'

/** Whether a mail tells of mentions and direct messages that were not read in time. */
export function Mails() {
  const t = useT()
  const cache = useQueryClient()
  const query = useQuery(mailChoice)
  const choose = useMutation({
    mutationFn: (wanted: boolean) => take(api.PUT('/api/v1/chat/mail', { body: { wanted } })),
    onMutate: (wanted) => {
      const before = cache.getQueryData(mailChoice.queryKey)
      cache.setQueryData(mailChoice.queryKey, { wanted })
      return before
    },
    onError: (_problem, _wanted, before) => cache.setQueryData(mailChoice.queryKey, before),
  })
  return (
    <Part title={t('mails.title')}>
      <Loaded query={query} skeleton={<Bone className="h-12 w-full" />}>
        {({ wanted }) => (
          <Switch
            label={t('mails.missed')}
            detail={t('mails.missed.words')}
            checked={wanted}
            onChange={(on) => choose.mutate(on)}
          />
        )}
      </Loaded>
    </Part>
  )
}
