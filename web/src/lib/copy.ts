/** Puts a text where it can be pasted from. A hub at home without TLS gets no clipboard from the browser: then the old
 *  way is taken. False when neither works. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.className = 'sr-only'
  // Inside an open sheet nothing outside of it may be focused.
  const place = focused?.closest('[role="dialog"]') ?? document.body
  place.append(field)
  field.select()

  const isCopied = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return isCopied
}
