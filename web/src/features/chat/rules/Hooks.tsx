import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button } from '@/components/Button'
import { Rows } from '@/components/Card'
import { Field, Input } from '@/components/Field'
import { CopyIcon } from '@/components/icons-more'
import { Loaded } from '@/components/Loaded'
import { RowsSkeleton } from '@/components/Skeleton'
import { toast } from '@/lib/announce'
import { asProblem, type Wire } from '@/lib/api'
import { copyText } from '@/lib/copy'
import type { Room } from '@/lib/queries/rooms'

import { call } from '../call'
import { useT } from '../t'
import { HookLine } from './HookLine'
import { hooks } from './queries'

/** Addresses by which programs write in the room. */
export function Hooks({ room }: { room: Room }) {
  const t = useT()
  const query = useQuery(hooks(room.id))
  return (
    <div>
      <h4 className="text-sm">{t('rules.hooks')}</h4>
      <p className="pt-0.5 text-sm text-ink-3">{t('rules.hooks.hint')}</p>
      <Loaded query={query} skeleton={<RowsSkeleton rows={1} />} empty={null}>
        {(all) => (
          <Rows>
            {all.map((hook) => (
              <HookLine key={hook.id} hook={hook} />
            ))}
          </Rows>
        )}
      </Loaded>
      <NewHook room={room} />
    </div>
  )
}

function NewHook({ room }: { room: Room }) {
  const t = useT()
  const cache = useQueryClient()
  const known = useQuery(hooks(room.id)).data
  const [name, setName] = useState('')
  const make = useMutation({
    mutationFn: () =>
      call<Wire<'HookMade'>>('POST', `/rooms/${room.id}/hooks`, { body: { name: name.trim() } }),
    meta: { quiet: true },
    onSuccess: () => {
      setName('')
      return cache.invalidateQueries({ queryKey: hooks(room.id).queryKey })
    },
  })
  const made = known?.some(({ id }) => id === make.data?.hook.id) ? make.data : undefined
  return (
    <>
      {made && <Address made={made} />}
      <form
        className="flex flex-col items-start gap-2 pt-2"
        onSubmit={(event) => {
          event.preventDefault()
          make.mutate()
        }}
      >
        <Field
          label={t('rules.hook.name')}
          fault={make.error ? asProblem(make.error).message : undefined}
          className="w-full"
        >
          <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Button type="submit" size="sm" disabled={name.trim() === ''} busy={make.isPending}>
          {t('rules.hook.add')}
        </Button>
      </form>
    </>
  )
}

/** Shown this once: the hub keeps nothing of it that could be read again. */
function Address({ made: { hook, url } }: { made: Wire<'HookMade'> }) {
  const t = useT()
  const copy = async () => {
    if (await copyText(url)) toast(t('rules.hook.copied'))
  }
  return (
    <div role="status" className="mt-2 flex flex-col items-start gap-2 rounded-card border border-line p-3">
      <Field
        label={t('rules.hook.address', { name: hook.name })}
        hint={t('rules.hook.once')}
        className="w-full"
      >
        <Input readOnly value={url} className="num text-sm!" onFocus={(event) => event.target.select()} />
      </Field>
      <Button size="sm" tone="ink" icon={CopyIcon} onClick={() => void copy()}>
        {t('rules.hook.copy')}
      </Button>
    </div>
  )
}
