import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'

import { Hue } from '@/components/Hue'
import { Loaded } from '@/components/Loaded'
import { Page } from '@/components/Page'
import { useNow } from '@/lib/clock'

import { Answering } from './Answering'
import { Bones } from './Bones'
import { Changes } from './Changes'
import { Coming } from './Coming'
import { Facts } from './Facts'
import { Hero } from './Hero'
import { event, type EventPage } from './queries'
import { Series } from './Series'
import { useT } from './t'
import { useTurnout } from './turnout'

export function EventScreen() {
  const t = useT()
  const { eventId } = useParams({ from: '/house/e/$eventId' })
  const query = useQuery(event(eventId))
  useTurnout(eventId)
  const page = query.data
  return (
    <Page title={page?.title ?? t('event.title')} aside={page && <Beside page={page} />}>
      <Loaded query={query} skeleton={<Bones />}>
        {(page) => <OpenEvent key={page.id} page={page} />}
      </Loaded>
    </Page>
  )
}

function OpenEvent({ page }: { page: EventPage }) {
  const now = useNow(15_000)
  return (
    <Hue value={page.club.hue} as="article" className="flex flex-col gap-6">
      <Changes page={page} />
      <Hero page={page} now={now} />
      <Answering page={page} now={now} />
      <Facts page={page} now={now} />
      {page.text && <Words text={page.text} />}
      <div className="flex flex-col gap-7 xl:hidden">
        <Coming page={page} />
        <Series page={page} />
      </div>
    </Hue>
  )
}

function Words({ text }: { text: string }) {
  return <p className="border-t border-line pt-5 leading-relaxed whitespace-pre-line">{text}</p>
}

function Beside({ page }: { page: EventPage }) {
  return (
    <Hue value={page.club.hue} className="flex flex-col gap-8">
      <Coming page={page} />
      <Series page={page} />
    </Hue>
  )
}
