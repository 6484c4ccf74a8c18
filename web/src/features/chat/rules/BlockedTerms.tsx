import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button } from '@/components/Button'
import { Field, Textarea } from '@/components/Field'
import { Loaded } from '@/components/Loaded'
import { RowsSkeleton } from '@/components/Skeleton'
import { toast } from '@/lib/announce'
import { asProblem } from '@/lib/api'

import { call } from '../call'
import { useT } from '../t'
import { blockedTerms } from './queries'

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** What no message in the club's rooms may hold, one a line. */
export function BlockedTerms({ clubId }: { clubId: string }) {
  const query = useQuery(blockedTerms(clubId))
  return (
    <Loaded query={query} skeleton={<RowsSkeleton rows={1} />}>
      {(terms) => <Terms clubId={clubId} terms={terms} />}
    </Loaded>
  )
}

function Terms({ clubId, terms }: { clubId: string; terms: readonly string[] }) {
  const t = useT()
  const cache = useQueryClient()
  const [begun, setBegun] = useState<string>()
  const text = begun ?? terms.join('\n')
  const block = useMutation({
    mutationFn: () =>
      call<{ terms: string[] }>('PUT', `/rooms/of-club/${clubId}/blocked-terms`, {
        body: { terms: linesOf(text) },
      }),
    meta: { quiet: true },
    onSuccess: ({ terms: kept }) => {
      cache.setQueryData(blockedTerms(clubId).queryKey, kept)
      setBegun(undefined)
      toast(t('rules.saved'))
    },
  })
  const isNew = linesOf(text).join('\n') !== terms.join('\n')
  return (
    <form
      className="flex flex-col items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        block.mutate()
      }}
    >
      <Field
        label={t('rules.terms')}
        hint={t('rules.terms.hint')}
        fault={block.error ? asProblem(block.error).firstFault : undefined}
        className="w-full"
      >
        <Textarea
          rows={3}
          spellCheck={false}
          autoCapitalize="none"
          value={text}
          onChange={(event) => setBegun(event.target.value)}
        />
      </Field>
      {isNew && (
        <Button type="submit" tone="ink" size="sm" busy={block.isPending}>
          {t('rules.terms.save')}
        </Button>
      )}
    </form>
  )
}
