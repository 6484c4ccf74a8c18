import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'

import { faults, show } from '@/test/render'

import { Button, IconButton } from './Button'
import { Field, Input, Switch } from './Field'
import { BellIcon, DotsIcon } from './icons'
import { Menu, MenuItem } from './Menu'
import { ReasonLine } from './ReasonLine'
import { Segmented } from './Segmented'
import { Confirm, Sheet } from './Sheet'
import { Tabs } from './Tabs'

test('a busy button takes no second press and says that it is busy', async () => {
  const onClick = vi.fn()
  await show(
    <Button busy onClick={onClick}>
      Save
    </Button>,
  )
  const button = screen.getByRole('button', { name: 'Save' })
  button.click()
  expect(onClick).not.toHaveBeenCalled()
  expect(button).toHaveAttribute('aria-busy', 'true')
})

test('an icon has a name', async () => {
  await show(<IconButton icon={BellIcon} label="Notifications" />)
  expect(screen.getByRole('button', { name: 'Notifications' })).toBeVisible()
  expect(await faults()).toEqual([])
})

test('a field ties its label and its fault to the control', async () => {
  await show(
    <Field label="Email" hint="As in your mail" fault="Not an address.">
      <Input name="email" />
    </Field>,
  )
  const input = screen.getByLabelText('Email')
  expect(input).toBeInvalid()
  expect(input).toHaveAccessibleDescription('Not an address.')
  expect(await faults()).toEqual([])
})

test('a switch is thrown by its label', async () => {
  const onChange = vi.fn()
  await show(<Switch label="Reminders" checked={false} onChange={onChange} />)
  await userEvent.click(screen.getByText('Reminders'))
  expect(onChange).toHaveBeenCalledWith(true)
})

const tabs = (['one', 'two', 'three'] as const).map((value) => ({ value, label: value }))

function Tabbed() {
  const [value, setValue] = useState<(typeof tabs)[number]['value']>('one')
  return (
    <>
      <Tabs label="Feed" value={value} tabs={tabs} onChange={setValue} panelId="panel" />
      <div id="panel" role="tabpanel" />
    </>
  )
}

test('tabs are walked with the arrows, round and round', async () => {
  await show(<Tabbed />)
  await userEvent.click(screen.getByRole('tab', { name: 'one' }))
  await userEvent.keyboard('{ArrowLeft}')
  expect(screen.getByRole('tab', { name: 'three' })).toHaveAttribute('aria-selected', 'true')
  expect(screen.getByRole('tab', { name: 'three' })).toHaveFocus()
  expect(await faults()).toEqual([])
})

test('a choice of one is a group of radios', async () => {
  const onChange = vi.fn()
  await show(<Segmented label="Scope" value="one" options={tabs} onChange={onChange} />)
  await userEvent.click(screen.getByRole('radio', { name: 'two' }))
  expect(onChange).toHaveBeenCalledWith('two')
  expect(await faults()).toEqual([])
})

test('a menu opens, does one thing, and closes', async () => {
  const onSelect = vi.fn()
  await show(
    <Menu label="More" icon={DotsIcon}>
      <MenuItem onSelect={onSelect}>Mute</MenuItem>
    </Menu>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'More' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Mute' }))
  expect(onSelect).toHaveBeenCalledOnce()
  await waitFor(() => expect(screen.queryByRole('menuitem')).not.toBeInTheDocument())
})

test('a second press on its button closes a menu, and Escape does', async () => {
  await show(
    <Menu label="More" icon={DotsIcon}>
      <MenuItem onSelect={() => undefined}>Mute</MenuItem>
    </Menu>,
  )
  const trigger = screen.getByRole('button', { name: 'More' })
  await userEvent.click(trigger)
  await screen.findByRole('menuitem', { name: 'Mute' })
  await userEvent.click(trigger)
  await waitFor(() => expect(screen.queryByRole('menuitem')).not.toBeInTheDocument())
  await userEvent.keyboard('{ArrowDown}')
  await screen.findByRole('menuitem', { name: 'Mute' })
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('menuitem')).not.toBeInTheDocument())
  await waitFor(() => expect(trigger).toHaveFocus())
})

test('a reason can be answered back', async () => {
  const onLess = vi.fn()
  await show(<ReasonLine reason="Because you went to Tuesday Intervals" onLess={onLess} />)
  await userEvent.click(screen.getByRole('button', { name: 'About this suggestion' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Less like this' }))
  expect(onLess).toHaveBeenCalledOnce()
})

test('a reason without an answer has no menu', async () => {
  await show(<ReasonLine reason="Popular in your clubs" />)
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})

test('a sheet is a named dialog and Escape closes it', async () => {
  const onClose = vi.fn()
  await show(
    <Sheet open onClose={onClose} title="Who is coming">
      <p>Jonas</p>
    </Sheet>,
  )
  expect(await screen.findByRole('dialog', { name: 'Who is coming' })).toBeVisible()
  await userEvent.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledOnce()
})

test('what cannot be undone names its verb', async () => {
  const onConfirm = vi.fn()
  await show(
    <Confirm
      open
      onClose={() => undefined}
      onConfirm={onConfirm}
      title="Leave"
      words="For good."
      verb="Leave club"
      danger
    />,
  )
  await userEvent.click(await screen.findByRole('button', { name: 'Leave club' }))
  expect(onConfirm).toHaveBeenCalledOnce()
})
