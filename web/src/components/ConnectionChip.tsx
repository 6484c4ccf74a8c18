import { cx } from '@/lib/cx'
import type { ConnectionStatus } from '@/lib/socket/connection'

import { useT } from './t'

interface ConnectionChipProps {
  status: ConnectionStatus
  /** How many messages wait to be sent. */
  queued?: number
  /** Shows "Live" too; without it a good connection is quiet. */
  verbose?: boolean
}

const DOTS: Record<ConnectionStatus, string> = {
  idle: 'bg-ink-3',
  connecting: 'bg-warn animate-breathe',
  live: 'bg-good',
  reconnecting: 'bg-warn animate-breathe',
  offline: 'bg-bad',
}

/** Live, reconnecting or offline, and how much is waiting. */
export function ConnectionChip({ status, queued = 0, verbose = false }: ConnectionChipProps) {
  const t = useT()
  const isQuiet = (status === 'live' || status === 'idle') && queued === 0 && !verbose
  return (
    <span role="status" className="inline-flex">
      {!isQuiet && (
        <span
          className={cx(
            'inline-flex items-center gap-1.5 text-xs font-semibold whitespace-nowrap text-ink-2',
            !verbose && 'rounded-pill border border-line bg-surface px-3 py-1.5 shadow-lift',
          )}
        >
          <i className={cx('size-[7px] rounded-pill', DOTS[status])} />
          {t(`connection.${status}`)}
          {queued > 0 && <span className="num text-ink-3">{t('connection.queued', { n: queued })}</span>}
        </span>
      )}
    </span>
  )
}
