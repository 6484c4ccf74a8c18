import { catalogue } from '@/lib/i18n'
import en from '@messages/en/app.json'

export const useT = catalogue('app', en)
