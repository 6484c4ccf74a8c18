import { useState, type SyntheticEvent } from 'react'

import { asProblem, type Problem } from '@/lib/api/problem'

/** A form's one submission: busy while it runs, the problem when it failed. `send` gets the fields as they were sent. */
export function useSubmit(send: (fields: Record<string, string>) => Promise<unknown>) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()

  const onSubmit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const form = event.currentTarget
    const fields = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
    setBusy(true)
    setProblem(undefined)
    try {
      await send(fields)
    } catch (reason) {
      const failed = asProblem(reason)
      setProblem(failed)
      focusFault(form, failed)
    } finally {
      setBusy(false)
    }
  }

  return { busy, problem, onSubmit: (event: SyntheticEvent<HTMLFormElement>) => void onSubmit(event) }
}

/** The first field that is wrong gets the focus, so that it is heard and can be mended at once. */
function focusFault(form: HTMLFormElement, problem: Problem) {
  const named = [...form.elements].find(
    (control) => control instanceof HTMLInputElement && problem.fault(control.name) !== undefined,
  )
  if (named instanceof HTMLElement) named.focus()
}
