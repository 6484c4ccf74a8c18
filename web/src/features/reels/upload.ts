import type { Wire } from '@/lib/api'
import { sendForm, type Sending } from '@/lib/api/send-form'

export interface ReelWish {
  file: File
  clubId: string
  caption: string
  visibility: 'club' | 'public'
}

/** Small fields first: the hub reads the form as it comes in and knows whose clip it is before the clip is there. */
export function formOf({ file, clubId, caption, visibility }: ReelWish): FormData {
  const form = new FormData()
  form.set('club_id', clubId)
  form.set('caption', caption.trim())
  form.set('visibility', visibility)
  form.set('file', file)
  return form
}

/** Sends a clip; `onProgress` hears 0…1. */
export const sendReel = (
  wish: ReelWish,
  key: string,
  onProgress: (share: number) => void,
): Sending<Wire<'ReelAccepted'>> => sendForm('/api/v1/reels', () => formOf(wish), key, onProgress)
