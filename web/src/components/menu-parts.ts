import type { Menu } from '@base-ui/react/menu'
import { createContext, use } from 'react'

/** The machinery's parts, known only inside an open menu: so that its items cost nothing before. */
export const MenuParts = createContext<typeof Menu | undefined>(undefined)

export function useMenuParts(): typeof Menu {
  const parts = use(MenuParts)
  if (!parts) throw new Error('A menu item stands outside a Menu.')
  return parts
}
