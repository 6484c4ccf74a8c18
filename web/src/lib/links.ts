/** A place of the app as the hub names it (a path) in the way the router wants it. Some of ours take a parameter. */
export function placeOf(link: string, handle?: string): { to: string; search: Record<string, string> } {
  const reel = /^\/reels\/([^/?#]+)$/.exec(link)?.[1]
  if (reel) return { to: '/reels', search: { reel } }
  if (link === '/me/badges' && handle) return { to: `/m/${handle}`, search: {} }
  const { pathname, searchParams } = new URL(link, 'https://hub.invalid')
  return { to: pathname, search: Object.fromEntries(searchParams) }
}
