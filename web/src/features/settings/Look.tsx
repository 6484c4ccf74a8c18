import { cx } from '@/lib/cx'
import { keepTheme } from '@/lib/queries/me'
import { useStore } from '@/lib/store'
import { themeChoice, type ThemeChoice } from '@/lib/theme'

import { Part } from './Part'
import { useT } from './t'

const CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark']

/** Light or dark: at once here, and kept for the other devices. */
export function Look() {
  const t = useT()
  const chosen = useStore(themeChoice)
  return (
    <Part title={t('look.title')} words={t('look.words')}>
      <fieldset className="grid grid-cols-3 gap-3">
        <legend className="sr-only">{t('theme')}</legend>
        {CHOICES.map((value) => (
          <label
            key={value}
            className={cx(
              'cursor-pointer rounded-card border p-2 transition-colors',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink',
              value === chosen ? 'border-ink' : 'border-line hover:border-ink-3',
            )}
          >
            <input
              type="radio"
              name="theme"
              checked={value === chosen}
              onChange={() => keepTheme(value)}
              className="sr-only"
            />
            <Preview choice={value} />
            <span className="mt-2.5 block px-1 font-semibold">{t(`theme.${value}`)}</span>
            <span className="block px-1 pb-1 text-sm text-ink-3">{t(`theme.${value}.words`)}</span>
          </label>
        ))}
      </fieldset>
    </Part>
  )
}

const THEMES: Record<ThemeChoice, readonly ('light' | 'dark')[]> = {
  light: ['light'],
  dark: ['dark'],
  system: ['light', 'dark'],
}

/** A page in small, in the colours of the theme itself. */
function Preview({ choice }: { choice: ThemeChoice }) {
  return (
    <span aria-hidden="true" className="flex h-20 overflow-hidden rounded-control border border-line md:h-28">
      {THEMES[choice].map((theme) => (
        <span key={theme} data-theme={theme} className="flex flex-1 flex-col gap-1.5 bg-paper p-2.5">
          <i className="h-1.5 w-3/5 rounded-pill bg-ink" />
          <i className="h-1 w-4/5 rounded-pill bg-ink-3" />
          <span className="mt-auto flex h-7 overflow-hidden rounded-sm border border-line bg-surface md:h-10">
            <i className="w-1/4 bg-line" />
            <i className="m-1.5 h-1 flex-1 rounded-pill bg-ink-3" />
          </span>
        </span>
      ))}
    </span>
  )
}
