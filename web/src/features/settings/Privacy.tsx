import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button } from '@/components/Button'
import { Switch } from '@/components/Field'
import { Loaded } from '@/components/Loaded'
import { Confirm } from '@/components/Sheet'
import { Bone } from '@/components/Skeleton'
import { toast } from '@/lib/announce'
import { api, type Wire } from '@/lib/api'
import { me as mine } from '@/lib/queries/me'

import { Acts } from './Acts'
import { Mails } from './Mails'
import { Part } from './Part'
import { Pushes } from './Pushes'
import { features, useEditMe, type Me } from './queries'
import { useT } from './t'

/** Whether the hub may learn my taste, what it learned, and how to make it forget. */
export function Privacy({ me }: { me: Me }) {
  const t = useT()
  const cache = useQueryClient()
  const edit = useEditMe()
  const query = useQuery(features)
  const personalise = (on: boolean) => {
    const before = cache.getQueryData(mine.queryKey)
    cache.setQueryData(mine.queryKey, (now) => now && { ...now, personalise: on })
    edit.mutate({ personalise: on }, { onError: () => cache.setQueryData(mine.queryKey, before) })
  }
  return (
    <>
      <Part title={t('privacy.title')}>
        <Switch
          label={t('privacy.personalise')}
          detail={t('privacy.personalise.words')}
          checked={me.personalise}
          onChange={personalise}
        />
      </Part>
      <Mails />
      <Pushes />
      <Part title={t('privacy.known')} words={t('privacy.known.words')}>
        <Loaded
          query={query}
          skeleton={<Bone className="h-40 w-full rounded-card" />}
          isEmpty={({ sequence, counters }) => sequence.length === 0 && Object.keys(counters).length === 0}
          empty={<p className="text-ink-2">{t('privacy.known.empty')}</p>}
        >
          {(known) => (
            <>
              <Counters counters={known.counters} />
              <Acts acts={known.sequence} />
              <Forget />
            </>
          )}
        </Loaded>
      </Part>
    </>
  )
}

const COUNTERS = ['events_30d', 'reels_7d', 'picks_14d', 'active_7d'] as const

/** The sums the ranking reads, as bars: longest is the most. */
function Counters({ counters }: { counters: Wire<'MyFeatures'>['counters'] }) {
  const t = useT()
  const most = Math.max(1, ...COUNTERS.map((name) => Math.abs(counters[name] ?? 0)))
  return (
    <dl className="grid grid-cols-[auto_1fr_auto] items-center gap-x-4 gap-y-3">
      {COUNTERS.map((name) => {
        const value = counters[name] ?? 0
        return (
          <div key={name} className="col-span-3 grid grid-cols-subgrid items-center">
            <dt>
              <span className="block font-medium">{t(`privacy.counter.${name}`)}</span>
              <span className="block text-sm text-ink-3">{t(`privacy.counter.${name}.words`)}</span>
            </dt>
            <dd className="contents">
              <span aria-hidden="true" className="h-1.5 overflow-hidden rounded-pill bg-sunken dark:bg-line">
                <i
                  className="block h-full rounded-pill bg-ink-2"
                  style={{ width: `${(Math.abs(value) / most) * 100}%` }}
                />
              </span>
              <span className="num text-right font-semibold">{value.toFixed(1)}</span>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

function Forget() {
  const t = useT()
  const cache = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const forget = useMutation({
    mutationFn: () => api.DELETE('/api/v1/me/features'),
    onSuccess: () => {
      setAsking(false)
      toast(t('privacy.forgotten'))
      void cache.invalidateQueries({ queryKey: features.queryKey })
      void cache.invalidateQueries({ queryKey: ['recommendations'] })
    },
  })
  return (
    <div className="mt-6">
      <Button tone="bad" onClick={() => setAsking(true)}>
        {t('privacy.forget')}
      </Button>
      <Confirm
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => forget.mutate()}
        title={t('privacy.forget.title')}
        words={t('privacy.forget.words')}
        verb={t('privacy.forget')}
        danger
        busy={forget.isPending}
      />
    </div>
  )
}
