import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button } from '@/components/Button'
import { Field, Textarea } from '@/components/Field'
import { Sheet } from '@/components/Sheet'
import { toast } from '@/lib/announce'
import { api, asProblem, take } from '@/lib/api'

import { ifMatch, type EventPage, type Scope } from './queries'
import { ScopeChoice } from './ScopeChoice'
import { useT } from './t'

/** Calls it off, with a reason, for one date or more. Whoever answered is told. */
export function CancelSheet({ page, onClose }: { page: EventPage; onClose: () => void }) {
  const t = useT()
  const cache = useQueryClient()
  const [scope, setScope] = useState<Scope>('this')
  const [reason, setReason] = useState('')
  const cancel = useMutation({
    mutationFn: () =>
      take(
        api.POST('/api/v1/events/{event_id}/cancel', {
          params: { path: { event_id: page.id }, query: { scope }, header: ifMatch(page.version) },
          body: { reason: reason.trim() },
        }),
      ),
    meta: { quiet: true },
    onSuccess: ({ changed }) => {
      toast(t('cancel.done', { n: changed }))
      onClose()
    },
    onSettled: () => void cache.invalidateQueries({ queryKey: ['events'] }),
  })
  const problem = cancel.error ? asProblem(cancel.error) : undefined
  return (
    <Sheet
      open
      onClose={onClose}
      title={t('cancel.title')}
      words={t('cancel.words', { n: page.going + page.maybe + page.waiting })}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {t('cancel.keep')}
          </Button>
          <Button tone="bad" busy={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('cancel.verb')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {page.repeats && <ScopeChoice label={t('cancel.which')} value={scope} onChange={setScope} />}
        <Field label={t('cancel.reason')} hint={t('cancel.reason.hint')} end={t('optional')}>
          <Textarea value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </Field>
        {problem && (
          <p role="alert" className="text-sm font-medium text-bad">
            {problem.message}
          </p>
        )}
      </div>
    </Sheet>
  )
}
