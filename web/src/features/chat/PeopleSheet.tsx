import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'

import { Avatar } from '@/components/Avatar'
import { Button } from '@/components/Button'
import { Field, Input } from '@/components/Field'
import { CheckIcon } from '@/components/icons'
import { Sheet } from '@/components/Sheet'
import { asProblem } from '@/lib/api'
import { cx } from '@/lib/cx'
import type { Room } from '@/lib/queries/rooms'
import { useMember } from '@/lib/session'

import { useMembership } from './changes'
import { peopleNamed } from './queries'
import { useT } from './t'

export interface Chosen {
  id: string
  name: string
  hue?: number | null
}

/** Finds people by name and ticks them. */
export function PeoplePicker({
  chosen,
  onChoose,
  known = [],
}: {
  chosen: readonly Chosen[]
  onChoose: (chosen: readonly Chosen[]) => void
  known?: readonly string[]
}) {
  const t = useT()
  const me = useMember()
  const [text, setText] = useState('')
  const found = useQuery(peopleNamed(useDeferredValue(text)))
  const people = (found.data ?? [])
    .filter(({ id }) => id !== me.id && !known.includes(id))
    .map(({ id, title, hue }) => ({ id, name: title, hue }))
  const isNobody = text.trim().length > 1 && found.data && people.length === 0
  const shown = [...chosen, ...people.filter(({ id }) => !chosen.some((one) => one.id === id))]
  const toggle = (person: Chosen) =>
    onChoose(
      chosen.some(({ id }) => id === person.id)
        ? chosen.filter(({ id }) => id !== person.id)
        : [...chosen, person],
    )
  return (
    <>
      <Field label={t('browse.people')}>
        <Input value={text} onChange={(event) => setText(event.target.value)} autoComplete="off" />
      </Field>
      <ul className="mt-3 min-h-40">
        {shown.map((person) => {
          const isChosen = chosen.some(({ id }) => id === person.id)
          return (
            <li key={person.id}>
              <button
                type="button"
                aria-pressed={isChosen}
                className={cx(
                  'flex min-h-11 w-full items-center gap-3 rounded-control px-2 py-2 text-left hover:bg-sunken',
                )}
                onClick={() => toggle(person)}
              >
                <Avatar person={person} size={36} />
                <span className="min-w-0 flex-1 truncate text-md font-semibold">{person.name}</span>
                {isChosen && <CheckIcon size={20} className="text-accent-text" />}
              </button>
            </li>
          )
        })}
        {isNobody && <li className="px-2 py-4 text-sm text-ink-2">{t('talk.nobody')}</li>}
      </ul>
    </>
  )
}

/** Asks people into a room. */
export function PeopleSheet({
  room,
  known,
  onClose,
}: {
  room: Room
  known: readonly string[]
  onClose: () => void
}) {
  const t = useT()
  const [chosen, setChosen] = useState<readonly Chosen[]>([])
  const { invite } = useMembership(room)
  return (
    <Sheet
      open
      title={t('info.invite')}
      onClose={onClose}
      footer={
        <Button
          tone="ink"
          disabled={chosen.length === 0}
          busy={invite.isPending}
          onClick={() =>
            invite.mutate(
              chosen.map(({ id }) => id),
              { onSuccess: onClose },
            )
          }
        >
          {t('browse.invite')}
        </Button>
      }
    >
      <PeoplePicker chosen={chosen} onChoose={setChosen} known={known} />
      {invite.error && (
        <p role="alert" className="text-sm text-bad">
          {asProblem(invite.error).message}
        </p>
      )}
    </Sheet>
  )
}
