import { createStore } from './store'

export type ThemeChoice = 'system' | 'light' | 'dark'

const isChoice = (value: unknown): value is ThemeChoice =>
  value === 'system' || value === 'light' || value === 'dark'

function remembered(): ThemeChoice {
  const value = localStorage.getItem('theme')
  return isChoice(value) ? value : 'system'
}

export const themeChoice = createStore<ThemeChoice>('system')

function paint() {
  const choice = themeChoice.get()
  const isDark =
    choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', isDark ? '#0d1119' : '#faf9f6')
}

/** Chooses and remembers. public/theme.js reads the same key before the first paint of the next visit. */
export function chooseTheme(choice: ThemeChoice) {
  localStorage.setItem('theme', choice)
  themeChoice.set(choice)
}

/** The look a member chose elsewhere, on a device where none was chosen yet. */
export function adoptTheme(choice: ThemeChoice) {
  if (localStorage.getItem('theme') === null && choice !== 'system') chooseTheme(choice)
}

/** Follows the choice and the system from now on. */
export function startTheme() {
  themeChoice.subscribe(paint)
  themeChoice.set(remembered())
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint)
  paint()
}
