import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, take } from '@/lib/api'
import { patchEverywhere, thing } from '@/lib/patch'

import type { Reel } from './queries'

/** What a picker of caption files takes. */
export const CAPTION_FILES = '.vtt,.srt,text/vtt'

/** Captions as the hub wants them (WebVTT). Most editors write SubRip, which differs by a comma and the first line. */
export function asVtt(text: string): string {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  if (plain.startsWith('WEBVTT')) return plain
  const times = /^(\d\d:\d\d:\d\d),(\d{3}) --> (\d\d:\d\d:\d\d),(\d{3})/gm
  return times.test(plain) ? `WEBVTT\n\n${plain.replace(times, '$1.$2 --> $3.$4')}` : plain
}

/** Puts a file of captions beside a reel of one's own. Throws the hub's Problem, which names the line. */
export async function putCaptions(reelId: string, file: File) {
  return take(
    api.PUT('/api/v1/reels/{reel_id}/captions', {
      params: { path: { reel_id: reelId } },
      body: asVtt(await file.text()),
      bodySerializer: (body) => body,
      headers: { 'Content-Type': 'text/vtt' },
    }),
  )
}

/** Gives a reel other captions (a file) or none, wherever it is shown. */
export function useCaptions(reelId: string) {
  const cache = useQueryClient()
  return useMutation({
    meta: { quiet: true },
    mutationFn: async (file: File | undefined) => {
      if (file) return (await putCaptions(reelId, file)).captions_url
      await api.DELETE('/api/v1/reels/{reel_id}/captions', { params: { path: { reel_id: reelId } } })
      return null
    },
    onSuccess: (captions_url) =>
      patchEverywhere<Reel & Record<string, unknown>>(cache, thing(reelId, 'captions_url'), (reel) => ({
        ...reel,
        captions_url,
      })),
  })
}
