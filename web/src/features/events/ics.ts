import { authorisedFetch } from '@/lib/api'

/** Fetches the event as a calendar file and hands it to the device. The address is not public, so a plain link would not do. */
export async function saveCalendarFile(eventId: string, title: string): Promise<void> {
  const address = `${location.origin}/api/v1/events/${encodeURIComponent(eventId)}.ics`
  const response = await authorisedFetch(new Request(address))
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = `${fileName(title)}.ics`
  link.click()
  // The download has its own hold on the data by the next turn.
  setTimeout(() => URL.revokeObjectURL(url))
}

export const fileName = (title: string) =>
  title
    .normalize('NFKD')
    .replaceAll(/[^\w\s-]/g, '')
    .trim()
    .replaceAll(/\s+/g, '-')
    .toLowerCase() || 'event'
