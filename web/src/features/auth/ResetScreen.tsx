import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import { Button, ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { Field } from '@/components/Field'

import { Door } from './Door'
import { Fault } from './Fault'
import { PasswordInput } from './PasswordInput'
import { post } from './post'
import { useT } from './t'
import { useSubmit } from './useSubmit'

/** Where the letter about a forgotten password leads. */
export function ResetScreen() {
  const t = useT()
  const { token } = useSearch({ from: '/door/reset' })
  const [isDone, setDone] = useState(false)
  const toSignIn = (
    <ButtonLink to="/sign-in" search={{}} tone="ink" size="lg">
      {t('in.go')}
    </ButtonLink>
  )
  return (
    <Door title={t('reset.title')} words={token && !isDone ? t('reset.words') : undefined}>
      {!token && (
        <EmptyState
          className="py-0"
          drawing="door"
          title={t('reset.none')}
          words={t('reset.none.words')}
          action={toSignIn}
        />
      )}
      {token && isDone && (
        <EmptyState className="py-0" drawing="board" title={t('reset.done')} action={toSignIn} />
      )}
      {token && !isDone && <ResetForm token={token} onDone={() => setDone(true)} />}
    </Door>
  )
}

function ResetForm({ token, onDone }: { token: string; onDone: () => void }) {
  const t = useT()
  const { busy, problem, onSubmit } = useSubmit(async ({ password = '' }) => {
    await post('password/reset', { token, password })
    onDone()
  })
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-5" noValidate>
      <Fault problem={problem} fields={['password']} />
      <Field label={t('password.new')} hint={t('password.hint')} fault={problem?.fault('password')}>
        <PasswordInput name="password" autoComplete="new-password" required minLength={10} />
      </Field>
      <Button type="submit" tone="ink" size="lg" wide busy={busy}>
        {t('reset.go')}
      </Button>
    </form>
  )
}
