import { catalogue } from '@/lib/i18n'
import en from '@messages/en/picks.json'

export const useT = catalogue('picks', en)
