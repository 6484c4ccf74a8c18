import { createMemoryHistory } from '@tanstack/react-router'
import { cleanup, render } from '@testing-library/react'

import { App } from '@/app/App'
import { createCache } from '@/app/cache'
import { createAppRouter } from '@/app/router'

export { faults } from './render'

/** The whole app at an address, with the real routes and guards; only the network is the test's. */
export async function showApp(path: string) {
  cleanup()
  const cache = createCache()
  cache.setDefaultOptions({ queries: { retry: false } })
  const router = createAppRouter(cache, createMemoryHistory({ initialEntries: [path] }))
  await router.load()
  return { ...render(<App router={router} cache={cache} />), router, cache }
}
