import { useState } from 'react'

import { useMember } from '@/lib/session'

/** The words of a post that was begun: this device keeps them until it is posted, however the sheet is left. */
export function useBegun() {
  const key = `draft:${useMember().id}:post`
  const [text, setText] = useState(() => localStorage.getItem(key) ?? '')
  const change = (next: string) => {
    setText(next)
    if (next === '') localStorage.removeItem(key)
    else localStorage.setItem(key, next)
  }
  return [text, change] as const
}
