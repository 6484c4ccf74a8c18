import { catalogue } from '@/lib/i18n'
import en from '@messages/en/auth.json'

export const useT = catalogue('auth', en)
