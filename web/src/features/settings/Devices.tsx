import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { Badge } from '@/components/Badge'
import { Button } from '@/components/Button'
import { Rows } from '@/components/Card'
import { LaptopIcon, PhoneIcon } from '@/components/icons-more'
import { Loaded } from '@/components/Loaded'
import { Confirm } from '@/components/Sheet'
import { RowsSkeleton } from '@/components/Skeleton'
import { toast } from '@/lib/announce'
import type { Wire } from '@/lib/api'
import { useNow } from '@/lib/clock'
import { relativeTime } from '@/lib/format'

import { Part } from './Part'
import { sessions, useEndSession } from './queries'
import { useT } from './t'

/** Where I am signed in, this device first. */
export function Devices() {
  const t = useT()
  const query = useQuery(sessions)
  const end = useEndSession()
  const [isAsking, setAsking] = useState(false)
  return (
    <Part title={t('devices.title')} words={t('devices.words')}>
      <Loaded query={query} skeleton={<RowsSkeleton rows={3} />}>
        {(list) => (
          <>
            <Rows className="border-y border-line">
              {[...list]
                .sort((a, b) => Number(b.current) - Number(a.current))
                .map((device) => (
                  <Device
                    key={device.id}
                    device={device}
                    onEnd={() => end.mutate(device.id, { onSuccess: () => toast(t('devices.ended')) })}
                  />
                ))}
            </Rows>
            {list.length > 1 ? (
              <Button tone="bad" className="mt-5" onClick={() => setAsking(true)}>
                {t('devices.others')}
              </Button>
            ) : (
              <p className="mt-4 text-sm text-ink-3">{t('devices.none')}</p>
            )}
          </>
        )}
      </Loaded>
      <Confirm
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false)
          end.mutate('others', { onSuccess: () => toast(t('devices.ended')) })
        }}
        title={t('devices.others')}
        words={t('devices.others.words')}
        verb={t('devices.others')}
        danger
      />
    </Part>
  )
}

const isPhone = (device: string) => /phone|android|ios|mobile/i.test(device)

function Device({ device, onEnd }: { device: Wire<'SessionOut'>; onEnd: () => void }) {
  const t = useT()
  const now = useNow()
  const Glyph = isPhone(device.device) ? PhoneIcon : LaptopIcon
  const when = relativeTime(device.last_used_at, now)
  return (
    <li className="flex items-center gap-4 py-3.5">
      <span className="grid size-10 shrink-0 place-items-center rounded-control bg-sunken text-ink-2">
        <Glyph />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-semibold">{device.device}</span>
          {device.current && <Badge tone="good">{t('devices.current')}</Badge>}
        </p>
        <p className="num text-sm text-ink-3">{t('devices.seen', { when, place: device.ip_prefix })}</p>
      </div>
      {!device.current && (
        <Button size="sm" onClick={onEnd}>
          {t('devices.end')}
        </Button>
      )}
    </li>
  )
}
