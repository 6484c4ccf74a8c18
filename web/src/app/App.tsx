import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'

import { LiveRegion, Toasts } from '@/components/Toasts'

import type { AppRouter } from './router'

/** Everything that stands around the screens. */
export function App({ router, cache }: { router: AppRouter; cache: QueryClient }) {
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
