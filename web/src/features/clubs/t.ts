import { catalogue } from '@/lib/i18n'
import en from '@messages/en/clubs.json'

export const useT = catalogue('clubs', en)
