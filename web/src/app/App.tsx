import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect } from 'react'

import { LiveRegion, Toasts } from '@/components/Toasts'
import { session } from '@/lib/session'

import type { AppRouter } from './router'

/** Everything that stands around the screens. */
export function App({ router, cache }: { router: AppRouter; cache: QueryClient }) {
  useEffect(
    () =>
      session.state.subscribe(() => {
        // A session that ended, here or elsewhere: the guards look again and lead to the door.
        if (session.state.get().status === 'anonymous') void router.invalidate()
      }),
    [router],
  )
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={cache}>
        <RouterProvider router={router} />
        <Toasts />
        <LiveRegion />
      </QueryClientProvider>
    </CSPProvider>
  )
}
