import { useRouter } from '@tanstack/react-router'
import { useEffect, type ReactNode } from 'react'

import { cx } from '@/lib/cx'

import { IconButton } from './Button'
import { BackIcon } from './icons'
import { useT } from './t'

interface PageProps {
  /** The document's title, before the name of the hub. */
  title: string
  children: ReactNode
  /** The right context column; under 80rem it is left out, so nothing that matters may be there alone. */
  aside?: ReactNode
  /** `read`: one column of 640 px. `wide`: the whole width (calendar, boards). `full`: edge to edge (chat, reels). */
  width?: 'read' | 'wide' | 'full'
}

/** What a screen puts into the shell: a main column, and what is next beside it. */
export function Page({ title, children, aside, width = 'read' }: PageProps) {
  useTitle(title)
  if (width === 'full')
    return (
      <main id="main" tabIndex={-1} className="h-full min-w-0 outline-none">
        {children}
      </main>
    )
  return (
    <div className={cx('flex gap-10', width === 'read' && 'justify-center xl:justify-start')}>
      <main
        id="main"
        tabIndex={-1}
        className={cx(
          'relative min-w-0 flex-1 pt-2 pb-28 outline-none md:pt-6 md:pb-16',
          width === 'read' && 'max-w-160',
        )}
      >
        {children}
      </main>
      {aside && (
        <aside className="sticky top-0 hidden h-fit w-84 shrink-0 flex-col gap-7 py-6 xl:flex">{aside}</aside>
      )}
    </div>
  )
}

export function useTitle(title: string) {
  useEffect(() => {
    document.title = title ? `${title} · ClubHoloHub` : 'ClubHoloHub'
  }, [title])
}

interface PageHeaderProps {
  title: ReactNode
  detail?: ReactNode
  /** A crest or avatar before the title. */
  lead?: ReactNode
  /** Buttons at the right. */
  actions?: ReactNode
  /** Shows the way back, for pages under another. */
  back?: boolean
  className?: string
}

export function PageHeader({ title, detail, lead, actions, back, className }: PageHeaderProps) {
  const t = useT()
  const router = useRouter()
  return (
    <header className={cx('mb-6 flex items-center gap-3', className)}>
      {back && (
        <IconButton
          icon={BackIcon}
          label={t('back')}
          className="-ml-2"
          onClick={() => router.history.back()}
        />
      )}
      {lead}
      <div className="min-w-0 flex-1">
        <h1 className="text-xl">{title}</h1>
        {detail && <p className="mt-0.5 text-sm text-ink-3">{detail}</p>}
      </div>
      {actions && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
    </header>
  )
}
