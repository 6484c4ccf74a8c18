/** The hub names a place by a path; some of ours are asked for with a search parameter. */
export function placeOf(link: string): { to: string; search: Record<string, string> } {
  const reel = /^\/reels\/([^/?#]+)$/.exec(link)?.[1]
  return reel ? { to: '/reels', search: { reel } } : { to: link, search: {} }
}
