import { catalogue } from '@/lib/i18n'
import en from '@messages/en/calendar.json'

export const useT = catalogue('calendar', en)
