import { useState, type InputHTMLAttributes } from 'react'

import { IconButton } from '@/components/Button'
import { Input } from '@/components/Field'
import { EyeIcon, EyeOffIcon } from '@/components/icons-more'

import { useT } from './t'

/** A password that can be looked at. */
export function PasswordInput(props: InputHTMLAttributes<HTMLInputElement>) {
  const t = useT()
  const [isShown, setShown] = useState(false)
  return (
    <span className="relative block">
      <Input
        {...props}
        type={isShown ? 'text' : 'password'}
        className="pr-12"
        spellCheck={false}
        autoCapitalize="none"
      />
      <span className="absolute inset-y-0 right-1 flex items-center">
        <IconButton
          icon={isShown ? EyeOffIcon : EyeIcon}
          label={isShown ? t('password.hide') : t('password.show')}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        />
      </span>
    </span>
  )
}
