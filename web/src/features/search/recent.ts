const MOST = 6

const keyOf = (memberId: string) => `searched.${memberId}`

/** What this member looked for on this device, newest first. */
export function recentSearches(memberId: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(memberId)) ?? '[]')
    return Array.isArray(kept) ? kept.filter((words) => typeof words === 'string').slice(0, MOST) : []
  } catch {
    return []
  }
}

export function rememberSearch(memberId: string, words: string) {
  const text = words.trim()
  if (text === '') return
  const others = recentSearches(memberId).filter((each) => each.toLowerCase() !== text.toLowerCase())
  localStorage.setItem(keyOf(memberId), JSON.stringify([text, ...others].slice(0, MOST)))
}

export function forgetSearches(memberId: string) {
  localStorage.removeItem(keyOf(memberId))
}
