import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { IconButton } from '@/components/Button'
import { Row } from '@/components/Card'
import { TrashIcon } from '@/components/icons-more'
import { Confirm } from '@/components/Sheet'
import { useNow } from '@/lib/clock'
import { relativeTime } from '@/lib/format'

import { call } from '../call'
import { useT } from '../t'
import { hooks, type Hook } from './queries'

/** A webhook: what it is called, whether it is used, and its end. */
export function HookLine({ hook }: { hook: Hook }) {
  const t = useT()
  const cache = useQueryClient()
  const now = useNow(60_000)
  const [isAsked, setAsked] = useState(false)
  const revoke = useMutation({
    mutationFn: () => call('DELETE', `/rooms/${hook.room}/hooks/${hook.id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: hooks(hook.room).queryKey }),
    onSettled: () => setAsked(false),
  })
  return (
    <>
      <Row
        title={hook.name}
        detail={
          hook.last_used_at
            ? t('rules.hook.used', { n: hook.posts, when: relativeTime(hook.last_used_at, now) })
            : t('rules.hook.unused')
        }
        end={
          <IconButton
            icon={TrashIcon}
            label={t('rules.hook.remove', { name: hook.name })}
            onClick={() => setAsked(true)}
          />
        }
      />
      <Confirm
        open={isAsked}
        danger
        title={t('rules.hook.remove.ask', { name: hook.name })}
        words={t('rules.hook.remove.words')}
        verb={t('rules.hook.remove.verb')}
        busy={revoke.isPending}
        onClose={() => setAsked(false)}
        onConfirm={() => revoke.mutate()}
      />
    </>
  )
}
