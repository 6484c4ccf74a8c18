import { createElement, type ReactNode } from 'react'

import { asProblem } from '@/lib/api/problem'
import { cx } from '@/lib/cx'

import { Button } from './Button'
import { DRAWINGS, type Drawing } from './drawings'
import { useT } from './t'

interface EmptyStateProps {
  drawing: Drawing
  title: string
  /** One sentence that invites. */
  words?: ReactNode
  /** One action, a Button or a ButtonLink. */
  action?: ReactNode
  className?: string
  level?: 'h1' | 'h2'
}

/** Empty is an invitation: a drawing in the club's hue, a sentence, one thing to do. */
export function EmptyState({ drawing, title, words, action, className, level = 'h2' }: EmptyStateProps) {
  return (
    <div className={cx('flex animate-rise flex-col items-center px-4 py-12 text-center', className)}>
      {createElement(DRAWINGS[drawing])}
      {createElement(level, { className: 'mt-5 text-lg' }, title)}
      {words && <p className="mt-1.5 max-w-sm text-balance text-ink-2">{words}</p>}
      {action && <div className="mt-5">{action}</div>}
    </div>
  )
}

interface ErrorStateProps {
  error: unknown
  onRetry?: () => void
  /** What was kept in spite of it: "Your draft is safe." */
  kept?: string
  className?: string
}

/** What went wrong, what was kept, what to do. A missing permission and a missing thing get their own drawing. */
export function ErrorState({ error, onRetry, kept, className }: ErrorStateProps) {
  const t = useT()
  const problem = asProblem(error)
  const isClosed = problem.status === 403 || problem.status === 404 || problem.status === 401
  const drawing = problem.isOffline ? 'cable' : isClosed ? 'door' : 'pitch'
  return (
    <div role="alert">
      <EmptyState
        className={className}
        drawing={drawing}
        title={problem.title}
        words={
          <>
            {problem.message} {kept}
            {problem.traceId && <span className="num mt-1 block text-xs text-ink-3">{problem.traceId}</span>}
          </>
        }
        action={onRetry && !isClosed && <Button onClick={onRetry}>{t('retry')}</Button>}
      />
    </div>
  )
}
