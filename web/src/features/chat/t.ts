import { catalogue } from '@/lib/i18n'
import en from '@messages/en/chat.json'

export const useT = catalogue('chat', en)
