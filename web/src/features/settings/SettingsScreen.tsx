import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'

import { Loaded } from '@/components/Loaded'
import { Page, PageHeader } from '@/components/Page'
import { Bone } from '@/components/Skeleton'
import { Tabs } from '@/components/Tabs'
import { me } from '@/lib/queries/me'

import { About } from './About'
import { Devices } from './Devices'
import { Look } from './Look'
import { Password } from './Password'
import { Privacy } from './Privacy'
import { Profile } from './Profile'
import type { Me } from './queries'
import { useT } from './t'

const PARTS = ['profile', 'look', 'privacy', 'devices', 'password', 'about'] as const
type PartName = (typeof PARTS)[number]
const route = getRouteApi('/house/settings')

/** What the member says about herself, and what she lets the hub know and do. */
export function SettingsScreen() {
  const t = useT()
  const { part: wished } = route.useSearch()
  const navigate = route.useNavigate()
  const part = PARTS.find((known) => known === wished) ?? 'profile'
  const query = useQuery(me)
  return (
    <Page title={t('settings.title')}>
      <PageHeader title={t('settings.title')} className="mb-2" />
      <Tabs
        label={t('parts')}
        value={part}
        panelId="settings"
        onChange={(next) => void navigate({ search: { part: next }, replace: true })}
        tabs={PARTS.map((value) => ({ value, label: t(`part.${value}`) }))}
      />
      <div id="settings" role="tabpanel">
        <Loaded query={query} skeleton={<Bones />}>
          {(data) => <Chosen part={part} me={data} />}
        </Loaded>
      </div>
    </Page>
  )
}

function Chosen({ part, me: mine }: { part: PartName; me: Me }) {
  if (part === 'profile') return <Profile me={mine} />
  if (part === 'look') return <Look />
  if (part === 'privacy') return <Privacy me={mine} />
  if (part === 'devices') return <Devices />
  return part === 'password' ? <Password /> : <About />
}

function Bones() {
  return (
    <div className="flex flex-col gap-5 pt-6">
      <Bone className="h-6 w-32" />
      <Bone className="h-24 w-full" />
      <Bone className="h-11 w-full" />
      <Bone className="h-24 w-full" />
    </div>
  )
}
