import { useMutation } from '@tanstack/react-query'

import { Button } from '@/components/Button'
import { PinIcon } from '@/components/icons'

import { useEditMe, type Me } from './queries'
import { useT } from './t'

/** Two decimals are about a kilometre: enough for "near you", too little for a doorstep. */
const coarse = (degrees: number) => Math.round(degrees * 100) / 100

const ask = () =>
  new Promise<GeolocationPosition>((resolve, reject) => {
    if (!('geolocation' in navigator)) return reject(new Error('no geolocation'))
    navigator.geolocation.getCurrentPosition(resolve, reject, { timeout: 15_000, maximumAge: 600_000 })
  })

/** Where I am, if I say so. Kept or removed at once. */
export function Place({ me }: { me: Me }) {
  const t = useT()
  const edit = useEditMe()
  const locate = useMutation({
    mutationFn: ask,
    onSuccess: ({ coords }) => edit.mutate({ lat: coarse(coords.latitude), lon: coarse(coords.longitude) }),
    meta: { quiet: true },
  })
  const isKnown = me.lat !== null && me.lon !== null
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <p className="num flex min-w-40 flex-1 items-center gap-2">
          <PinIcon className="text-ink-3" />
          {isKnown
            ? t('place.known', { lat: Number(me.lat).toFixed(2), lon: Number(me.lon).toFixed(2) })
            : t('place.none')}
        </p>
        <Button size="sm" busy={locate.isPending || edit.isPending} onClick={() => locate.mutate()}>
          {locate.isPending ? t('place.asking') : t('place.ask')}
        </Button>
        {isKnown && (
          <Button size="sm" tone="quiet" onClick={() => edit.mutate({ lat: null, lon: null })}>
            {t('place.forget')}
          </Button>
        )}
      </div>
      {locate.isError && (
        <p role="alert" className="mt-2 text-sm text-ink-2">
          {t('place.denied')}
        </p>
      )}
    </>
  )
}
