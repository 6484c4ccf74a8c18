import { catalogue } from '@/lib/i18n'
import en from '@messages/en/events.json'

export const useT = catalogue('events', en)
