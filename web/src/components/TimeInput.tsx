import { useEffect, useRef, useState, type KeyboardEvent } from 'react'

import { movedTime, readTime } from './days'
import { Input } from './Field'
import { useT } from './t'

interface TimeInputProps {
  /** "19:00". */
  value: string
  onChange: (time: string) => void
}

const QUARTER = 15

/** A time of day on the clock of 24 hours, typed in any common way; arrows move it by a quarter of an hour. */
export function TimeInput({ value, onChange }: TimeInputProps) {
  const t = useT()
  const [text, setText] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  const shown = text ?? value
  const time = readTime(shown)
  const fault = shown === '' || time ? '' : t('time.fault')
  useEffect(() => field.current?.setCustomValidity(fault), [fault])

  // Half a time ("2" on the way to "20:00") is none: what is typed counts when she leaves the field.
  const take = () => {
    if (text === undefined || !time) return
    setText(undefined)
    onChange(time)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') take()
    const step = ({ ArrowUp: QUARTER, ArrowDown: -QUARTER } as const)[event.key]
    if (!step || !time) return
    event.preventDefault()
    setText(undefined)
    onChange(movedTime(time, step))
  }
  return (
    <Input
      ref={field}
      required
      value={shown}
      autoComplete="off"
      placeholder="19:00"
      className="num"
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={take}
      onKeyDown={onKeyDown}
    />
  )
}
