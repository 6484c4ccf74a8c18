import { useQuery } from '@tanstack/react-query'

import { call } from './call'

/** Access tokens live longer than this: the browser's pass for files is renewed with them in time. */
const RENEWED_MS = 4 * 60_000

/** Lets pictures and clips of my rooms be shown by their address. True once this browser may. */
export function useFilePass(): boolean {
  const { isSuccess } = useQuery({
    queryKey: ['chat-pass'],
    queryFn: () => call('PUT', '/chat/pass').then(() => true),
    staleTime: RENEWED_MS,
    refetchInterval: RENEWED_MS,
    retry: 1,
  })
  return isSuccess
}
