import { authorisedFetch } from '@/lib/api'

/** Fetches a file of the hub and hands it to the device. The address is not public, so a plain link would not do. */
export async function saveFile(path: string, name: string): Promise<void> {
  const response = await authorisedFetch(new Request(`${location.origin}/api/v1${path}`))
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has its own hold on the data by the next turn.
  setTimeout(() => URL.revokeObjectURL(url))
}

/** A title as the name of a file; `other` where nothing is left of it. */
export const fileName = (title: string, other: string) =>
  title
    .normalize('NFKD')
    .replaceAll(/[^\w\s-]/g, '')
    .trim()
    .replaceAll(/\s+/g, '-')
    .toLowerCase() || other
