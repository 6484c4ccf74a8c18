import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'

import { Avatar } from '@/components/Avatar'
import { Button } from '@/components/Button'
import { CameraIcon } from '@/components/icons-more'
import { asProblem } from '@/lib/api'

import { sendPicture, useEditMe, type Me } from './queries'
import { useT } from './t'

const TAKEN = 'image/jpeg,image/png,image/webp,image/gif'

/** My face: a picture of mine, or the drawn initials. */
export function Picture({ me }: { me: Me }) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const edit = useEditMe({ quiet: true })
  const send = useMutation({
    mutationFn: async (file: File) => {
      const { id } = await sendPicture(file)
      await edit.mutateAsync({ avatar_id: id })
    },
    meta: { quiet: true },
  })
  const failed = send.error ?? edit.error
  return (
    <div className="flex items-center gap-5">
      <Avatar person={me} size={88} />
      <div className="min-w-0">
        <div className="flex flex-wrap gap-2">
          <Button size="sm" icon={CameraIcon} busy={send.isPending} onClick={() => input.current?.click()}>
            {send.isPending ? t('profile.picture.sending') : t('profile.picture.change')}
          </Button>
          {me.avatar_url && (
            <Button
              size="sm"
              tone="quiet"
              busy={edit.isPending && !send.isPending}
              onClick={() => edit.mutate({ avatar_id: null })}
            >
              {t('profile.picture.remove')}
            </Button>
          )}
        </div>
        <p className="mt-2 text-sm text-ink-3">{t('profile.picture.hint')}</p>
        {failed && (
          <p role="alert" className="mt-1 text-sm font-medium text-bad">
            {t('profile.picture.failed', { why: asProblem(failed).message })}
          </p>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept={TAKEN}
        aria-label={t('profile.picture')}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) send.mutate(file)
        }}
      />
    </div>
  )
}
