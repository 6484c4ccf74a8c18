const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** "640 bytes", "12 kB", "3.4 MB". */
export function bytes(size: number, locale = 'en-GB'): string {
  const step = Math.min(UNITS.length - 1, size < 1000 ? 0 : Math.floor(Math.log10(size) / 3))
  const value = size / 1000 ** step
  const unit = UNITS[step] ?? 'byte'
  const unitDisplay = step === 0 ? 'long' : 'short'
  const digits = value < 10 && step > 0 ? 1 : 0
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay,
    maximumFractionDigits: digits,
  }).format(value)
}
