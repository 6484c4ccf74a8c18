import { Link } from '@tanstack/react-router'

import { DOOR_LINK } from './Door'
import { useT } from './t'

/** After a letter was sent. In development the letters can be read in the app. */
export function LookInMail() {
  const t = useT()
  return (
    <div role="status" className="flex flex-col gap-3 text-ink-2">
      <p>{t('mail.wait')}</p>
      <p className="text-sm">
        {t.rich('mail.dev', {
          link: (parts) => (
            <Link to="/dev/mail" className={DOOR_LINK}>
              {parts}
            </Link>
          ),
        })}
      </p>
    </div>
  )
}
