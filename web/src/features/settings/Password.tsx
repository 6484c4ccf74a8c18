import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'

import { Button } from '@/components/Button'
import { Field, Input } from '@/components/Field'
import { toast } from '@/lib/announce'
import { api, asProblem } from '@/lib/api'
import { useMember } from '@/lib/session'

import { Part } from './Part'
import { sessions } from './queries'
import { useT } from './t'

const NONE = { current: '', next: '', again: '' }

/** A new password, knowing the one of now. */
export function Password() {
  const t = useT()
  const cache = useQueryClient()
  const member = useMember()
  const [fields, setFields] = useState(NONE)
  const [isUnlike, setUnlike] = useState(false)
  const change = useMutation({
    mutationFn: () =>
      api.POST('/api/v1/auth/password/change', { body: { current: fields.current, new: fields.next } }),
    onSuccess: () => {
      setFields(NONE)
      toast(t('password.changed'))
      void cache.invalidateQueries({ queryKey: sessions.queryKey })
    },
    meta: { quiet: true },
  })
  const problem = change.error ? asProblem(change.error) : undefined
  const atField = problem?.fault('current') ?? problem?.fault('new')
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault()
    const differ = fields.next !== fields.again
    setUnlike(differ)
    if (!differ && !change.isPending) change.mutate()
  }
  const bind = (name: keyof typeof NONE) => ({
    type: 'password',
    value: fields[name],
    onChange: (event: { target: { value: string } }) => setFields({ ...fields, [name]: event.target.value }),
    required: true,
  })
  return (
    <Part title={t('password.title')} words={t('password.words')}>
      <form onSubmit={onSubmit} noValidate className="flex max-w-md flex-col gap-5">
        {/* So that a password manager knows whose password it is. */}
        <input type="text" autoComplete="username" value={member.email ?? member.handle} readOnly hidden />
        <Field label={t('password.current')} fault={problem?.fault('current')}>
          <Input {...bind('current')} autoComplete="current-password" />
        </Field>
        <Field label={t('password.new')} hint={t('password.hint')} fault={problem?.fault('new')}>
          <Input {...bind('next')} autoComplete="new-password" minLength={10} />
        </Field>
        <Field label={t('password.again')} fault={isUnlike ? t('password.again.fault') : undefined}>
          <Input {...bind('again')} autoComplete="new-password" />
        </Field>
        {problem && !atField && (
          <p role="alert" className="text-sm font-medium text-bad">
            {problem.message}
          </p>
        )}
        <div>
          <Button
            type="submit"
            tone="ink"
            busy={change.isPending}
            disabled={!fields.current || !fields.next || !fields.again}
          >
            {t('password.go')}
          </Button>
        </div>
      </form>
    </Part>
  )
}
