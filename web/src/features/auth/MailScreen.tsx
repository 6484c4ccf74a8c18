import { useQuery } from '@tanstack/react-query'

import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { Loaded } from '@/components/Loaded'
import { Page, PageHeader } from '@/components/Page'
import { Bone, RowsSkeleton } from '@/components/Skeleton'
import { RelativeTime } from '@/components/Time'

import { letter, mailbox, type LetterLine } from './mailbox'
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
              {data.map((line) => (
                <LetterCard key={line.id} line={line} />
              ))}
            </div>
          )}
        </Loaded>
      </Page>
    </div>
  )
}

function LetterCard({ line }: { line: LetterLine }) {
  const t = useT()
  const whole = useQuery(letter(line.id))
  return (
    <Card className="p-5">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="text-lg">{line.subject}</h2>
        <span className="shrink-0 text-sm text-ink-3">
          <RelativeTime at={line.at} />
        </span>
      </div>
      <p className="text-sm text-ink-3">{t('mailbox.to', { to: line.to })}</p>
      <Loaded query={whole} skeleton={<Bone className="mt-3 h-20 w-full" />}>
        {({ text }) => <Words text={text} />}
      </Loaded>
    </Card>
  )
}

function Words({ text }: { text: string }) {
  const t = useT()
  const link = linkIn(text)
  return (
    <>
      <p className="mt-3 whitespace-pre-wrap">{text}</p>
      {link && (
        <a
          href={link}
          className="mt-4 inline-flex h-10 items-center rounded-control bg-ink px-4 font-semibold text-paper"
        >
          {t('mailbox.open')}
        </a>
      )}
    </>
  )
}

/** The letter's own link, opened on the address that this page came from. */
export function linkIn(text: string): string | undefined {
  const found = /https?:\/\/\S+/.exec(text)?.[0]
  if (!found || !URL.canParse(found)) return undefined
  const { pathname, search } = new URL(found)
  return pathname + search
}
