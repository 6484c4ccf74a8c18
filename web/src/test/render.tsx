import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router'
import { render } from '@testing-library/react'
import axe from 'axe-core'
import type { ReactElement } from 'react'

/** Shows an element inside a router and a query cache, as every screen stands. Resolves when it is shown. */
export async function show(element: ReactElement, { at = '/' } = {}) {
  const root = createRootRoute({ component: Outlet })
  const everything = createRoute({ getParentRoute: () => root, path: '$', component: () => element })
  const router = createRouter({
    routeTree: root.addChildren([everything]),
    history: createMemoryHistory({ initialEntries: [at] }),
    // The page is shown whole at once: a test waits for what it needs, not for a spinner.
    defaultPendingMs: 0,
  })
  await router.load()
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const shown = render(
    <QueryClientProvider client={cache}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  )
  return { ...shown, router, cache }
}

/** The ids of the rules an element breaks. Colours are the contrast test's business: jsdom computes none. */
export async function faults(element: Element = document.body): Promise<string[]> {
  const { violations } = await axe.run(element, {
    rules: {
      'color-contrast': { enabled: false },
      region: { enabled: false },
      'page-has-heading-one': { enabled: false },
    },
  })
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}
