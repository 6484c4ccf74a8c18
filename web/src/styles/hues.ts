/** The twelve hues a club chooses from, in degrees of OKLCH. Every pairing is held to 4.5:1 by contrast.test.ts. */
export const HUES = [10, 30, 50, 75, 105, 130, 152, 185, 215, 262, 300, 340] as const

/** The hue a club gets before it chose one: the same text always answers the same hue (FNV-1a over the text). */
export function hueOf(text: string): number {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return HUES[(hash >>> 0) % HUES.length] ?? 152
}
