import { expect, test } from 'vitest'

import { chooseTheme, startTheme, themeChoice } from './theme'

const shown = () => document.documentElement.dataset.theme

test('the choice is shown at once and remembered', () => {
  startTheme()
  chooseTheme('dark')
  expect(shown()).toBe('dark')
  expect(localStorage.getItem('theme')).toBe('dark')
  chooseTheme('light')
  expect(shown()).toBe('light')
})

test('a remembered choice is shown at the next visit', () => {
  localStorage.setItem('theme', 'dark')
  startTheme()
  expect(themeChoice.get()).toBe('dark')
  expect(shown()).toBe('dark')
})

test('a spoilt memory is the system', () => {
  localStorage.setItem('theme', 'purple')
  startTheme()
  expect(themeChoice.get()).toBe('system')
})
