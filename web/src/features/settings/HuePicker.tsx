import { Avatar } from '@/components/Avatar'
import { cx } from '@/lib/cx'
import { HUES } from '@/styles/hues'

import type { Me } from './queries'
import { useT } from './t'

interface HuePickerProps {
  person: Me
  value: number
  onChange: (hue: number) => void
}

/** The twelve colours, each as it would look on me. */
export function HuePicker({ person, value, onChange }: HuePickerProps) {
  const t = useT()
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-semibold">{t('profile.hue')}</legend>
      <div className="flex flex-wrap gap-2">
        {HUES.map((hue, place) => (
          <label
            key={hue}
            className={cx(
              'reach grid cursor-pointer rounded-pill border-2 p-0.5 transition-colors',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink',
              hue === value ? 'border-ink' : 'border-transparent hover:border-line',
            )}
          >
            <input
              type="radio"
              name="hue"
              checked={hue === value}
              onChange={() => onChange(hue)}
              aria-label={t('hue.name', { n: place + 1 })}
              className="sr-only"
            />
            <Avatar person={{ id: person.id, name: person.name, hue }} size={36} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
