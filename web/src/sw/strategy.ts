export interface Surroundings {
  origin: string
  open: () => Promise<Pick<Cache, 'match' | 'put'>>
  fetch: (request: Request) => Promise<Response>
}

/** Hashed files never change under their name, so what is cached is right for ever. */
const isHashed = (path: string) => path.startsWith('/assets/')
/** What belongs to the server alone: data, sockets, pictures and clips with their own cache rules, the API's pages. */
const isServerOwn = (path: string) =>
  /^\/(api|socket\.io|files|\.well-known|healthz|readyz|metrics)\b/.test(path)

async function cachedFirst(request: Request, around: Surroundings) {
  const cache = await around.open()
  const cached = await cache.match(request)
  if (cached) return cached
  const fresh = await around.fetch(request)
  if (fresh.ok) await cache.put(request, fresh.clone())
  return fresh
}

/** A page comes from the network so that a new release is seen at once; without a network the shell answers. */
async function networkFirst(request: Request, around: Surroundings, fallback: string) {
  try {
    return await around.fetch(request)
  } catch (reason) {
    const cached = await (await around.open()).match(fallback)
    if (cached) return cached
    throw reason
  }
}

/** The worker's answer to a request, or undefined when the browser should ask the network as if there were no worker. */
export function answer(request: Request, around: Surroundings): Promise<Response> | undefined {
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== around.origin || isServerOwn(url.pathname)) return undefined
  if (request.mode === 'navigate') return networkFirst(request, around, '/')
  if (isHashed(url.pathname)) return cachedFirst(request, around)
  return networkFirst(request, around, url.pathname)
}
