import { Link } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'

import { Button } from '@/components/Button'
import { Field, Input, Textarea } from '@/components/Field'
import { toast } from '@/lib/announce'
import { asProblem } from '@/lib/api'

import { HuePicker } from './HuePicker'
import { Part } from './Part'
import { Picture } from './Picture'
import { Place } from './Place'
import { useEditMe, type Edit, type Me } from './queries'
import { useT } from './t'

const LONGEST_BIO = 500

/** How others see me. The picture and the place are kept at once; words when they are saved. */
export function Profile({ me }: { me: Me }) {
  const t = useT()
  return (
    <>
      <Part
        title={t('profile.title')}
        words={t.rich('profile.handle', {
          handle: (
            <Link
              to="/m/$handle"
              params={{ handle: me.handle }}
              className="font-semibold text-ink hover:underline"
            >
              @{me.handle}
            </Link>
          ),
        })}
      >
        <Picture me={me} />
        <ProfileForm me={me} />
      </Part>
      <Part title={t('place.title')} words={t('place.words')}>
        <Place me={me} />
      </Part>
    </>
  )
}

function ProfileForm({ me }: { me: Me }) {
  const t = useT()
  const edit = useEditMe({ quiet: true })
  const [name, setName] = useState(me.name)
  const [bio, setBio] = useState(me.bio)
  const [hue, setHue] = useState(me.hue)
  const problem = edit.error ? asProblem(edit.error) : undefined
  const isChanged = name !== me.name || bio !== me.bio || hue !== me.hue
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (edit.isPending || !isChanged) return
    edit.mutate({ name, bio, hue: hue as Edit['hue'] }, { onSuccess: () => toast(t('profile.saved')) })
  }
  const isAtField = problem?.fault('name') ?? problem?.fault('bio')
  return (
    <form onSubmit={onSubmit} noValidate className="mt-6 flex flex-col gap-5">
      <Field label={t('profile.name')} fault={problem?.fault('name')}>
        <Input
          value={name}
          onChange={(event) => setName(event.target.value)}
          autoComplete="name"
          maxLength={80}
          required
        />
      </Field>
      <Field
        label={t('profile.bio')}
        hint={<span className="num">{t('profile.bio.hint', { n: LONGEST_BIO - [...bio].length })}</span>}
        fault={problem?.fault('bio')}
      >
        <Textarea value={bio} onChange={(event) => setBio(event.target.value)} maxLength={LONGEST_BIO} />
      </Field>
      <HuePicker person={me} value={hue} onChange={setHue} />
      {problem && !isAtField && (
        <p role="alert" className="text-sm font-medium text-bad">
          {problem.message}
        </p>
      )}
      <div>
        <Button type="submit" tone="ink" busy={edit.isPending} disabled={!isChanged}>
          {t('profile.save')}
        </Button>
      </div>
    </form>
  )
}
