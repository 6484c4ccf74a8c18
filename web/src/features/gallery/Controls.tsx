import { useState } from 'react'

import { Button, IconButton } from '@/components/Button'
import { Field, Input, Select, Switch, Textarea } from '@/components/Field'
import { BellIcon, DotsIcon, PlusIcon, SendIcon } from '@/components/icons'
import { TrashIcon } from '@/components/icons-more'
import { Menu, MenuItem, MenuLine } from '@/components/Menu'
import { Segmented } from '@/components/Segmented'
import { Confirm, Sheet } from '@/components/Sheet'
import { Tabs } from '@/components/Tabs'
import { toast } from '@/lib/announce'

export function Controls() {
  const [tab, setTab] = useState<'following' | 'clubs' | 'for-you'>('for-you')
  const [scope, setScope] = useState<'club' | 'friends' | 'all'>('club')
  const [isOn, setOn] = useState(true)
  return (
    <div className="grid gap-8 md:grid-cols-2">
      <div className="space-y-6">
        <Tabs
          label="Feed"
          value={tab}
          onChange={setTab}
          panelId="panel"
          tabs={[
            { value: 'following', label: 'Following' },
            { value: 'clubs', label: 'My clubs' },
            { value: 'for-you', label: 'For you' },
          ]}
        />
        <div id="panel" role="tabpanel" className="text-ink-2">
          {tab}
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Button tone="ink">Ink</Button>
          <Button tone="accent">Accent</Button>
          <Button icon={PlusIcon}>Line</Button>
          <Button tone="quiet">Quiet</Button>
          <Button tone="bad" icon={TrashIcon}>
            Leave club
          </Button>
          <Button tone="ink" busy>
            Saving
          </Button>
          <Button size="sm">Small</Button>
          <Button disabled>Not now</Button>
          <IconButton icon={BellIcon} label="Notifications" />
          <IconButton icon={SendIcon} label="Send" tone="accent" />
        </div>
        <Segmented
          label="Scope"
          value={scope}
          onChange={setScope}
          options={[
            { value: 'club', label: 'Club' },
            { value: 'friends', label: 'Friends' },
            { value: 'all', label: 'Everyone' },
          ]}
        />
        <Segmented
          label="Scope again"
          look="pills"
          value={scope}
          onChange={setScope}
          options={[
            { value: 'club', label: 'Club' },
            { value: 'friends', label: 'Friends' },
            { value: 'all', label: 'Everyone' },
          ]}
        />
        <Switch
          label="Reminders"
          detail="The evening before and two hours ahead"
          checked={isOn}
          onChange={setOn}
        />
        <Overlays />
      </div>
      <form className="space-y-5">
        <Field label="Name" hint="As your club knows you">
          <Input defaultValue="Mara Aldén" />
        </Field>
        <Field label="Email" fault="That does not look like an address.">
          <Input defaultValue="mara@" />
        </Field>
        <Field label="Zone" end="optional">
          <Select defaultValue="Europe/Stockholm">
            <option>Europe/Stockholm</option>
            <option>Europe/London</option>
          </Select>
        </Field>
        <Field label="What happened">
          <Textarea placeholder="Under-14s held on for a 2–2 in the mud" />
        </Field>
      </form>
    </div>
  )
}

function Overlays() {
  const [open, setOpen] = useState<'sheet' | 'side' | 'confirm'>()
  const close = () => setOpen(undefined)
  return (
    <div className="flex flex-wrap gap-3">
      <Button onClick={() => setOpen('sheet')}>Sheet</Button>
      <Button onClick={() => setOpen('side')}>Side</Button>
      <Button onClick={() => setOpen('confirm')}>Confirm</Button>
      <Button onClick={() => toast('Copied')}>Toast</Button>
      <Menu label="More" icon={DotsIcon}>
        <MenuItem onSelect={() => toast('Muted')}>Mute for a day</MenuItem>
        <MenuLine />
        <MenuItem danger icon={TrashIcon} onSelect={() => toast('Deleted')}>
          Delete
        </MenuItem>
      </Menu>
      <Sheet open={open === 'sheet'} onClose={close} title="Who is coming" words="14 of 20 places are taken">
        <p className="text-ink-2">Jonas, Priya, Tom and eleven more.</p>
      </Sheet>
      <Sheet open={open === 'side'} onClose={close} title="Rules" look="side">
        <p className="text-ink-2">Three points for the right outcome.</p>
      </Sheet>
      <Confirm
        open={open === 'confirm'}
        onClose={close}
        onConfirm={close}
        title="Leave Riverside FC"
        words="Your answers to coming events are taken back."
        verb="Leave club"
        danger
      />
    </div>
  )
}
