/** OKLCH to sRGB and WCAG contrast (Ottosson 2020; WCAG 2.2 §1.4.3). Colours outside sRGB are clipped, as browsers do. */
export interface Oklch {
  l: number
  c: number
  h: number
}

type Rgb = readonly [number, number, number]

const clip = (value: number) => Math.min(1, Math.max(0, value))

export function toLinearRgb({ l, c, h }: Oklch): Rgb {
  const a = c * Math.cos((h * Math.PI) / 180)
  const b = c * Math.sin((h * Math.PI) / 180)
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    clip(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    clip(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    clip(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ]
}

export function luminance(colour: Oklch): number {
  const [red, green, blue] = toLinearRgb(colour)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The WCAG ratio of two opaque colours, 1 to 21. */
export function contrast(one: Oklch, other: Oklch): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Reads `oklch(48% 0.13 var(--hue))`; the variable is filled with `hue`. Answers undefined for anything else. */
export function parseOklch(text: string, hue: number): Oklch | undefined {
  const found = /^oklch\(([\d.]+)% ([\d.]+) ([\d.]+|var\(--hue\))\)$/.exec(text.trim())
  if (!found) return undefined
  const [, l = '0', c = '0', h = '0'] = found
  return { l: Number(l) / 100, c: Number(c), h: h.startsWith('var') ? hue : Number(h) }
}
