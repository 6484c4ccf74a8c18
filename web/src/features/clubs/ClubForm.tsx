import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import { Button } from '@/components/Button'
import { Crest } from '@/components/Crest'
import { Field, Input, Select, Textarea } from '@/components/Field'
import { Sheet } from '@/components/Sheet'
import { toast } from '@/lib/announce'
import { api, once, take, type Wire } from '@/lib/api'
import { asProblem } from '@/lib/api/problem'
import { cx } from '@/lib/cx'
import { me } from '@/lib/queries/me'
import { uuidv7 } from '@/lib/uuid'
import { HUES } from '@/styles/hues'

import type { ClubDetail } from './queries'
import { useT } from './t'

type Wish = Wire<'FoundClub'>
const POLICIES = ['open', 'request', 'invite'] as const

/** Founds a club, or edits one; an edit made on an older version is refused and the newest shown. */
export function ClubForm({ club, onClose }: { club?: ClubDetail; onClose: () => void }) {
  const t = useT()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const [key] = useState(uuidv7)
  const [wish, setWish] = useState<Wish>({
    name: club?.name ?? '',
    about: club?.about ?? '',
    sport: club?.sport ?? '',
    place: club?.place ?? '',
    hue: (club?.hue ?? HUES[0]) as Wish['hue'],
    join_policy: club?.join_policy ?? 'open',
  })
  const set = <K extends keyof Wish>(name: K, value: Wish[K]) =>
    setWish((before) => ({ ...before, [name]: value }))

  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () =>
      club
        ? take(
            api.PATCH('/api/v1/clubs/{club}', {
              params: { path: { club: club.slug }, header: { 'if-match': `"${club.revision}"` } },
              body: wish,
            }),
          )
        : take(api.POST('/api/v1/clubs', { headers: once(key), body: wish })),
    onSuccess: async (saved) => {
      onClose()
      void cache.invalidateQueries({ queryKey: ['clubs'] })
      void cache.invalidateQueries({ queryKey: me.queryKey })
      await navigate({ to: '/c/$slug', params: { slug: saved.slug } })
    },
    onError: (reason) => {
      if (asProblem(reason).status !== 412) return
      toast(t('edit.stale'))
      void cache.invalidateQueries({ queryKey: ['clubs'] })
      onClose()
    },
  })
  const problem = save.error ? asProblem(save.error) : undefined

  return (
    <Sheet
      open
      wide
      onClose={onClose}
      title={t(club ? 'edit' : 'found.title')}
      footer={
        <Button
          tone="ink"
          busy={save.isPending}
          disabled={wish.name.trim().length < 2}
          onClick={() => save.mutate()}
        >
          {t(club ? 'edit.save' : 'found.make')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {problem && (
          <p role="alert" className="text-sm text-bad">
            {problem.message}
          </p>
        )}
        <div className="flex items-center gap-4">
          <Crest name={wish.name || '?'} hue={wish.hue} size={64} />
          <Field label={t('edit.name')} fault={problem?.fault('name')} className="flex-1">
            <Input value={wish.name} maxLength={80} onChange={(event) => set('name', event.target.value)} />
          </Field>
        </div>
        <fieldset>
          <legend className="mb-1.5 text-sm font-semibold">{t('edit.hue')}</legend>
          <div className="flex flex-wrap gap-2">
            {HUES.map((hue) => (
              <label key={hue} className="cursor-pointer">
                <input
                  type="radio"
                  name="hue"
                  className="peer sr-only"
                  aria-label={`${hue}°`}
                  checked={wish.hue === hue}
                  onChange={() => set('hue', hue)}
                />
                <span
                  className={cx(
                    'block size-9 rounded-pill ring-offset-2 ring-offset-surface peer-checked:ring-2 peer-checked:ring-ink peer-focus-visible:ring-2',
                  )}
                  style={{ backgroundColor: `oklch(55% 0.14 ${hue})` }}
                />
              </label>
            ))}
          </div>
        </fieldset>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('edit.sport')} fault={problem?.fault('sport')}>
            <Input value={wish.sport} maxLength={40} onChange={(event) => set('sport', event.target.value)} />
          </Field>
          <Field label={t('edit.place')} fault={problem?.fault('place')}>
            <Input
              value={wish.place}
              maxLength={120}
              onChange={(event) => set('place', event.target.value)}
            />
          </Field>
        </div>
        <Field label={t('edit.about')} fault={problem?.fault('about')}>
          <Textarea
            rows={4}
            value={wish.about}
            maxLength={2000}
            onChange={(event) => set('about', event.target.value)}
          />
        </Field>
        <Field label={t('edit.policy')}>
          <Select
            value={wish.join_policy}
            onChange={(event) => set('join_policy', event.target.value as Wish['join_policy'])}
          >
            {POLICIES.map((policy) => (
              <option key={policy} value={policy}>
                {t(`about.policy.${policy}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
    </Sheet>
  )
}
