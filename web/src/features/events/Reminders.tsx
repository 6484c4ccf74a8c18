import { Chips } from './Chips'
import { useT } from './t'

const CHOICES = [10_080, 1440, 180, 60, 30] as const

interface RemindersProps {
  value: readonly number[]
  onChange: (reminders: readonly number[]) => void
  fault?: string
}

/** When those who are coming are reminded, in minutes before the start. */
export function Reminders({ value, onChange, fault }: RemindersProps) {
  const t = useT()
  const all = [...new Set<number>([...CHOICES, ...value])].sort((one, other) => other - one)
  const options = all.map((minutes) => ({
    value: minutes,
    label: t('before', {
      days: Math.floor(minutes / 1440),
      hours: Math.floor((minutes % 1440) / 60),
      minutes: minutes % 60,
    }),
  }))
  return (
    <Chips label={t('field.reminders')} options={options} value={value} onChange={onChange} fault={fault} />
  )
}
