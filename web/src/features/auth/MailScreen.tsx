import { useQuery } from '@tanstack/react-query'

import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { Loaded } from '@/components/Loaded'
import { Page, PageHeader } from '@/components/Page'
import { RowsSkeleton } from '@/components/Skeleton'
import { RelativeTime } from '@/components/Time'

import { mailbox, type Letter } from './mailbox'
import { useT } from './t'

/** The letters of a hub without a mail server. The hub answers here in development only. */
export function MailScreen() {
  const t = useT()
  const letters = useQuery(mailbox)
  return (
    <div className="mx-auto max-w-160 px-4">
      <Page title={t('mailbox.title')}>
        <PageHeader title={t('mailbox.title')} />
        <Loaded
          query={letters}
          skeleton={<RowsSkeleton />}
          empty={<EmptyState drawing="board" title={t('mailbox.empty')} words={t('mailbox.empty.words')} />}
        >
          {(data) => (
            <div className="flex flex-col gap-4">
              {data.map((letter) => (
                <LetterCard key={letter.id} letter={letter} />
              ))}
            </div>
          )}
        </Loaded>
      </Page>
    </div>
  )
}

function LetterCard({ letter }: { letter: Letter }) {
  const t = useT()
  const link = /https?:\/\/\S+|\/(?:verify|reset)\?\S+/.exec(letter.text)?.[0]
  return (
    <Card className="p-5">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="text-lg">{letter.subject}</h2>
        <span className="shrink-0 text-sm text-ink-3">
          <RelativeTime at={letter.at} />
        </span>
      </div>
      <p className="text-sm text-ink-3">{t('mailbox.to', { to: letter.to })}</p>
      <p className="mt-3 whitespace-pre-wrap">{letter.text}</p>
      {link && (
        <a
          href={link}
          className="mt-4 inline-flex h-10 items-center rounded-control bg-ink px-4 font-semibold text-paper"
        >
          {t('mailbox.open')}
        </a>
      )}
    </Card>
  )
}
