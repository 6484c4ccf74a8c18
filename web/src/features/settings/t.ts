import { catalogue } from '@/lib/i18n'
import en from '@messages/en/settings.json'

export const useT = catalogue('settings', en)
