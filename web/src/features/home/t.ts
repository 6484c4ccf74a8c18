import { catalogue } from '@/lib/i18n'
import en from '@messages/en/home.json'

export const useT = catalogue('home', en)
