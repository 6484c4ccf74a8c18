import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import { Button } from '@/components/Button'
import { Field, Input } from '@/components/Field'

import { Door, DOOR_LINK } from './Door'
import { Fault } from './Fault'
import { LookInMail } from './LookInMail'
import { PasswordInput } from './PasswordInput'
import { post } from './post'
import { useT } from './t'
import { useSubmit } from './useSubmit'

export function SignUpScreen() {
  const t = useT()
  const { next } = useSearch({ from: '/door/sign-up' })
  const [email, setEmail] = useState<string>()
  return (
    <Door
      title={email ? t('mail.title') : t('up.title')}
      words={email ? t.rich('mail.words', { email: <b className="text-ink">{email}</b> }) : t('up.words')}
      foot={t.rich('up.foot', {
        link: (parts) => (
          <Link to="/sign-in" search={{ next }} className={DOOR_LINK}>
            {parts}
          </Link>
        ),
      })}
    >
      {email ? <LookInMail /> : <SignUpForm onSent={setEmail} />}
    </Door>
  )
}

function SignUpForm({ onSent }: { onSent: (email: string) => void }) {
  const t = useT()
  const { busy, problem, onSubmit } = useSubmit(
    async ({ name = '', handle = '', email = '', password = '' }) => {
      // Without a handle the hub makes one from the name.
      await post('register', handle ? { name, handle, email, password } : { name, email, password })
      onSent(email)
    },
  )
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-5" noValidate>
      <Fault problem={problem} fields={['name', 'handle', 'email', 'password']} />
      <Field label={t('name')} fault={problem?.fault('name')}>
        <Input name="name" autoComplete="name" required maxLength={80} />
      </Field>
      <Field label={t('handle')} end={t('optional')} hint={t('handle.hint')} fault={problem?.fault('handle')}>
        <Input
          name="handle"
          autoComplete="nickname"
          required
          maxLength={30}
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      <Field label={t('email')} fault={problem?.fault('email')}>
        <Input name="email" type="email" autoComplete="email" required inputMode="email" />
      </Field>
      <Field label={t('password')} hint={t('password.hint')} fault={problem?.fault('password')}>
        <PasswordInput name="password" autoComplete="new-password" required minLength={10} />
      </Field>
      <Button type="submit" tone="ink" size="lg" wide busy={busy}>
        {t('up.go')}
      </Button>
    </form>
  )
}
