import { IconButton } from '@/components/Button'
import { PlusIcon } from '@/components/icons'
import { MinusIcon } from '@/components/icons-more'

import { useT } from './t'

interface StepperProps {
  /** What is counted, for those who do not see it. */
  label: string
  /** The value in words: "2 guests". */
  words: string
  value: number
  max: number
  disabled?: boolean
  onChange: (value: number) => void
}

/** A small number, one up or one down. */
export function Stepper({ label, words, value, max, disabled, onChange }: StepperProps) {
  const t = useT()
  return (
    <div role="group" aria-label={label} className="flex items-center gap-1">
      <IconButton
        icon={MinusIcon}
        label={t('guests.less')}
        disabled={disabled || value <= 0}
        onClick={() => onChange(value - 1)}
      />
      <output className="num min-w-18 text-center text-sm font-semibold">{words}</output>
      <IconButton
        icon={PlusIcon}
        label={t('guests.more')}
        disabled={disabled || value >= max}
        onClick={() => onChange(value + 1)}
      />
    </div>
  )
}
