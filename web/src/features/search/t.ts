import { catalogue } from '@/lib/i18n'
import en from '@messages/en/search.json'

export const useT = catalogue('search', en)
