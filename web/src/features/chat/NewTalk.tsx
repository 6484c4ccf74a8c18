import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'

import { Avatar } from '@/components/Avatar'
import { Field, Input } from '@/components/Field'
import { Sheet } from '@/components/Sheet'
import { useDirectTalk } from '@/lib/queries/rooms'
import { useMember } from '@/lib/session'

import { peopleNamed } from './queries'
import { useT } from './t'

/** Whom to talk to: a name, and the talk opens. */
export function NewTalk({ onClose }: { onClose: () => void }) {
  const t = useT()
  const me = useMember()
  const [text, setText] = useState('')
  const found = useQuery(peopleNamed(useDeferredValue(text)))
  const talk = useDirectTalk()
  const people = found.data?.filter(({ id }) => id !== me.id) ?? []
  return (
    <Sheet open onClose={onClose} title={t('talk.new')}>
      <Field label={t('talk.who')}>
        <Input value={text} onChange={(event) => setText(event.target.value)} autoComplete="off" />
      </Field>
      <ul className="mt-3 min-h-40">
        {people.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              className="flex min-h-11 w-full items-center gap-3 rounded-control px-2 py-2 text-left hover:bg-sunken"
              onClick={() => talk.mutate(person.id, { onSuccess: onClose })}
            >
              <Avatar person={{ id: person.id, name: person.title, hue: person.hue }} size={36} />
              <span className="text-md font-semibold">{person.title}</span>
            </button>
          </li>
        ))}
        {text.trim().length > 1 && found.data && people.length === 0 && (
          <li className="px-2 py-4 text-sm text-ink-2">{t('talk.nobody')}</li>
        )}
      </ul>
    </Sheet>
  )
}
