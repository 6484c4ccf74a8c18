import '@testing-library/jest-dom/vitest'
import 'fake-indexeddb/auto'

import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeEach, vi } from 'vitest'

// Parts that load late come from disk here, on machines of any speed: a test waits for the thing, not for the clock.
configure({ asyncUtilTimeout: 10_000 })

// A warning in a test is a fault in the code under test.
beforeEach(() => {
  const fail = (...parts: unknown[]) => {
    throw new Error(parts.map(String).join(' '))
  }
  vi.spyOn(console, 'error').mockImplementation(fail)
  vi.spyOn(console, 'warn').mockImplementation(fail)
})

afterEach(() => {
  cleanup()
  localStorage.clear()
})

// jsdom draws nothing, so it has neither media queries nor observers of size; these answer as a wide, idle window.
window.matchMedia ??= (media: string) =>
  ({
    media,
    matches: false,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: () => false,
  }) satisfies MediaQueryList

class IdleObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return []
  }
}

window.ResizeObserver ??= IdleObserver as unknown as typeof ResizeObserver
window.IntersectionObserver ??= IdleObserver as unknown as typeof IntersectionObserver
window.scrollTo = () => undefined
Element.prototype.scrollIntoView ??= () => undefined
Element.prototype.getAnimations ??= () => []
HTMLCanvasElement.prototype.getContext = () => null

// jsdom knows files, but not how to read one.
Blob.prototype.text ??= function text(this: Blob) {
  return new Promise((done) => {
    const reader = new FileReader()
    reader.onload = () => done(String(reader.result))
    reader.readAsText(this)
  })
}
