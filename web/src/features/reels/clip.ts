export const LONGEST_S = 90
export const LARGEST = 200 * 1024 * 1024

export type Fault = 'kind' | 'size' | 'length' | 'empty'

export interface Clip {
  file: File
  /** An object URL; revoke it when it is no longer shown. */
  url: string
  /** Undefined where this browser cannot read it; the hub may. */
  seconds: number | undefined
}

/** What can be told without opening it. */
export function faultOf(file: Pick<File, 'type' | 'size' | 'name'>): Fault | undefined {
  const isFilm = file.type.startsWith('video/') || /\.(mp4|mov|m4v|webm|mkv)$/i.test(file.name)
  if (!isFilm) return 'kind'
  if (file.size === 0) return 'empty'
  return file.size > LARGEST ? 'size' : undefined
}

export const isTooLong = (seconds: number | undefined) => seconds !== undefined && seconds > LONGEST_S + 0.5

/** How long a film is, by the browser; undefined where it cannot tell. */
export function lengthOf(url: string): Promise<number | undefined> {
  return new Promise((tell) => {
    const film = document.createElement('video')
    film.preload = 'metadata'
    film.onloadedmetadata = () => tell(Number.isFinite(film.duration) ? film.duration : undefined)
    film.onerror = () => tell(undefined)
    film.src = url
  })
}
