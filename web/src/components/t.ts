import { catalogue } from '@/lib/i18n'
import en from '@messages/en/common.json'

export const useT = catalogue('common', en)
