import { catalogue } from '@/lib/i18n'
import en from '@messages/en/reels.json'

export const useT = catalogue('reels', en)
