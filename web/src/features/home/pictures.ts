import { authorisedFetch, type Wire } from '@/lib/api'

export interface Uploaded {
  id: string
  url: string
  alt: string
}

/** Sends one picture; the hub turns it into the sizes it needs. Refusals (not a picture, too large) are Problems. */
export async function upload(file: File, alt = ''): Promise<Uploaded> {
  const body = new FormData()
  body.append('file', file)
  body.append('alt', alt)
  const answer = await authorisedFetch(new Request('/api/v1/media', { method: 'POST', body }))
  const picture = (await answer.json()) as Wire<'Picture'>
  return { id: picture.id, url: picture.sizes[0]?.url ?? '', alt: picture.alt }
}
