const MOST = 0xfff

/**
 * Makes UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, 12 of a counter, then random. Each id sorts after the one before
 * (§6.2, method 1), also within one millisecond and when the clock goes back: time stands still until it is reached.
 */
export function createIds(clock: () => number = Date.now): () => string {
  let last = -1
  let count = 0

  const advance = (seed: number) => {
    const now = clock()
    if (now <= last && count < MOST) return void count++
    last = Math.max(now, last + 1)
    // Half the counter's room is left for this millisecond.
    count = seed & (MOST >> 1)
  }

  return () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16))
    const view = new DataView(bytes.buffer)
    advance(view.getUint16(6))
    view.setUint32(0, Math.floor(last / 2 ** 16))
    view.setUint16(4, last % 2 ** 16)
    view.setUint16(6, 0x7000 | count)
    view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f))
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  }
}

/** The one maker of this tab: what it made later sorts later. */
export const uuidv7 = createIds()
