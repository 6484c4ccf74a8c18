import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import { Button } from '@/components/Button'
import { Field, Input } from '@/components/Field'
import { session } from '@/lib/session'

import { Door, DOOR_LINK } from './Door'
import { Fault } from './Fault'
import { PasswordInput } from './PasswordInput'
import { post } from './post'
import { useT } from './t'
import { useSubmit } from './useSubmit'

export function SignInScreen() {
  const t = useT()
  const { next } = useSearch({ from: '/door/sign-in' })
  const [forgot, setForgot] = useState(false)
  return (
    <Door
      title={forgot ? t('forgot.title') : t('in.title')}
      words={forgot ? t('forgot.words') : t('in.words')}
      foot={t.rich('in.foot', {
        link: (parts) => (
          <Link to="/sign-up" search={{ next }} className={DOOR_LINK}>
            {parts}
          </Link>
        ),
      })}
    >
      {forgot ? (
        <ForgotForm onBack={() => setForgot(false)} />
      ) : (
        <SignInForm onForgot={() => setForgot(true)} />
      )}
    </Door>
  )
}

function SignInForm({ onForgot }: { onForgot: () => void }) {
  const t = useT()
  const navigate = useNavigate()
  const { next } = useSearch({ from: '/door/sign-in' })
  const { busy, problem, onSubmit } = useSubmit(async (fields) => {
    await session.enter('sign-in', { email: fields.email, password: fields.password })
    // The guard in front of this page knows where a member belongs: it checks `next` and leads on.
    await navigate({ to: '/sign-in', search: { next }, replace: true })
  })
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-5" noValidate>
      <Fault problem={problem} fields={['email', 'password']} />
      <Field label={t('email')} fault={problem?.fault('email')}>
        <Input name="email" type="email" autoComplete="username" required inputMode="email" />
      </Field>
      <Field
        label={t('password')}
        fault={problem?.fault('password')}
        end={
          <button type="button" onClick={onForgot} className="reach font-medium hover:text-ink">
            {t('forgot')}
          </button>
        }
      >
        <PasswordInput name="password" autoComplete="current-password" required />
      </Field>
      <Button type="submit" tone="ink" size="lg" wide busy={busy}>
        {t('in.go')}
      </Button>
    </form>
  )
}

function ForgotForm({ onBack }: { onBack: () => void }) {
  const t = useT()
  const [sent, setSent] = useState(false)
  const { busy, problem, onSubmit } = useSubmit(async ({ email = '' }) => {
    await post('password/forgot', { email })
    setSent(true)
  })
  if (sent)
    return (
      <div role="status" className="flex flex-col gap-5">
        <p>{t('forgot.sent')}</p>
        <Button onClick={onBack}>{t('forgot.back')}</Button>
      </div>
    )
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-5" noValidate>
      <Fault problem={problem} fields={['email']} />
      <Field label={t('email')} fault={problem?.fault('email')}>
        <Input name="email" type="email" autoComplete="username" required inputMode="email" />
      </Field>
      <div className="flex gap-2">
        <Button type="submit" tone="ink" size="lg" wide busy={busy}>
          {t('forgot.go')}
        </Button>
        <Button size="lg" tone="quiet" onClick={onBack}>
          {t('forgot.back')}
        </Button>
      </div>
    </form>
  )
}
