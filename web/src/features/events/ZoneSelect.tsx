import { Select } from '@/components/Field'
import { deviceZone } from '@/lib/format'

import { useT } from './t'
import { zoneName } from './when'

const REGIONS = ['Europe', 'America', 'Africa', 'Asia', 'Australia', 'Pacific', 'Atlantic', 'Indian'] as const

function zonesOf(region: string): string[] {
  return Intl.supportedValuesOf('timeZone').filter((zone) => zone.startsWith(`${region}/`))
}

/** The zone of the venue: the one of this device first, then the world by its regions. */
export function ZoneSelect({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  const t = useT()
  const near = [...new Set([value, deviceZone(), 'UTC'])]
  return (
    <Select value={value} onChange={(event) => onChange(event.target.value)}>
      <optgroup label={t('zone.near')}>
        {near.map((zone) => (
          <option key={zone} value={zone}>
            {zoneName(zone)}
          </option>
        ))}
      </optgroup>
      {REGIONS.map((region) => (
        <optgroup key={region} label={t(`zone.${region}`)}>
          {zonesOf(region)
            .filter((zone) => !near.includes(zone))
            .map((zone) => (
              <option key={zone} value={zone}>
                {zoneName(zone)}
              </option>
            ))}
        </optgroup>
      ))}
    </Select>
  )
}
