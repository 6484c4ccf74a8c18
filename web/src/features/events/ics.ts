import { fileName, saveFile } from '@/lib/save-file'

/** The event as a calendar file. */
export const saveCalendarFile = (eventId: string, title: string) =>
  saveFile(`/events/${encodeURIComponent(eventId)}.ics`, `${fileName(title, 'event')}.ics`)
