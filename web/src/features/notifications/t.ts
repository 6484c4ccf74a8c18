import { catalogue } from '@/lib/i18n'
import en from '@messages/en/notifications.json'

export const useT = catalogue('notifications', en)
