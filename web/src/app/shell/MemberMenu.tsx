import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { DoorIcon, GearIcon, PersonIcon, WarnIcon } from '@/components/icons'
import { Menu, MenuChoice, MenuItem, MenuLine, MenuLink } from '@/components/Menu'
import { keepTheme } from '@/lib/queries/me'
import { session, useMember } from '@/lib/session'
import { useStore } from '@/lib/store'
import { themeChoice } from '@/lib/theme'

import { useT } from '../t'

/** Profile, settings, light and dark, the way out; for who runs the hub, what was reported. */
export function MemberMenu({ children }: { children: ReactElement<Record<string, unknown>> }) {
  const t = useT()
  const member = useMember()
  const navigate = useNavigate()
  const theme = useStore(themeChoice)
  const leave = async () => {
    await session.signOut()
    await navigate({ to: '/sign-in', search: {} })
  }
  return (
    <Menu label={t('own')} trigger={children} align="start" side="top">
      <MenuLink icon={PersonIcon} to="/m/$handle" params={{ handle: member.handle }}>
        {t('profile')}
      </MenuLink>
      <MenuLink icon={GearIcon} to="/settings">
        {t('settings')}
      </MenuLink>
      {member.is_admin && (
        <MenuLink icon={WarnIcon} to="/reported">
          {t('reported')}
        </MenuLink>
      )}
      <MenuLine />
      <MenuChoice
        label={t('theme')}
        value={theme}
        onChange={keepTheme}
        options={(['system', 'light', 'dark'] as const).map((value) => ({
          value,
          label: t(`theme.${value}`),
        }))}
      />
      <MenuLine />
      <MenuItem icon={DoorIcon} onSelect={() => void leave()}>
        {t('signOut')}
      </MenuItem>
    </Menu>
  )
}
