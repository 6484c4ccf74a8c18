import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { Avatar } from '@/components/Avatar'
import { Button } from '@/components/Button'
import { Row, Rows, Section } from '@/components/Card'
import { Loaded } from '@/components/Loaded'
import { Sheet } from '@/components/Sheet'
import { RowsSkeleton } from '@/components/Skeleton'
import { Tabs } from '@/components/Tabs'

import { answers, type EventPage, type Standing } from './queries'
import { useT } from './t'

const SHOWN = 8

/** Faces of those who are going; the whole list is one press away. */
export function Coming({ page }: { page: EventPage }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const people = page.coming.slice(0, SHOWN)
  const answered = page.going + page.maybe + page.waiting
  return (
    <Section title={t('coming')} end={page.going > 0 ? t('coming.seats', { n: page.going }) : undefined}>
      {people.length === 0 ? (
        <p className="text-sm text-ink-2">{t('coming.none')}</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {people.map(({ person, guests, note }) => (
            <li key={person.id}>
              <Link
                to="/m/$handle"
                params={{ handle: person.handle }}
                className="-mx-2 flex min-h-11 items-center gap-3 rounded-control px-2 py-1.5 hover:bg-sunken"
              >
                <Avatar person={person} size={32} />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{person.name}</span>
                  {note && <span className="block truncate text-sm text-ink-3">{note}</span>}
                </span>
                {guests > 0 && <span className="num text-sm text-ink-3">{t('coming.plus', { guests })}</span>}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {answered > 0 && (
        <Button size="sm" className="mt-3" onClick={() => setOpen(true)}>
          {t('coming.all')}
        </Button>
      )}
      {isOpen && <Everybody page={page} onClose={() => setOpen(false)} />}
    </Section>
  )
}

const STANDINGS: readonly Standing[] = ['going', 'waiting', 'maybe', 'no']

function Everybody({ page, onClose }: { page: EventPage; onClose: () => void }) {
  const t = useT()
  const [standing, setStanding] = useState<Standing>('going')
  const tabs = STANDINGS.filter((each) => each !== 'waiting' || page.waiting > 0).map((value) => ({
    value,
    label: t(`standing.${value}`),
  }))
  return (
    <Sheet open onClose={onClose} title={t('coming')}>
      <Tabs label={t('coming')} value={standing} tabs={tabs} onChange={setStanding} panelId="answers" />
      <div role="tabpanel" id="answers" className="min-h-72">
        <Answers key={standing} eventId={page.id} standing={standing} />
      </div>
    </Sheet>
  )
}

function Answers({ eventId, standing }: { eventId: string; standing: Standing }) {
  const t = useT()
  const query = useInfiniteQuery(answers(eventId, standing))
  return (
    <Loaded
      query={query}
      skeleton={<RowsSkeleton rows={4} />}
      isEmpty={(data) => data.pages.every((page) => page.data.length === 0)}
      empty={<p className="py-8 text-center text-ink-2">{t('coming.nobody')}</p>}
    >
      {(data) => (
        <>
          <Rows>
            {data.pages
              .flatMap((page) => page.data)
              .map(({ person, guests, note }) => (
                <Row
                  key={person.id}
                  lead={<Avatar person={person} size={36} />}
                  title={
                    <Link to="/m/$handle" params={{ handle: person.handle }} className="hover:underline">
                      {person.name}
                    </Link>
                  }
                  detail={note || undefined}
                  end={guests > 0 ? t('coming.plus', { guests }) : undefined}
                />
              ))}
          </Rows>
          {query.hasNextPage && (
            <Button wide busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('coming.more')}
            </Button>
          )}
        </>
      )}
    </Loaded>
  )
}
