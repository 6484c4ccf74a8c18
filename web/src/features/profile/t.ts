import { catalogue } from '@/lib/i18n'
import en from '@messages/en/profile.json'

export const useT = catalogue('profile', en)
