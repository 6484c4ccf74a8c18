import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { Button } from '@/components/Button'
import { Field, Input } from '@/components/Field'
import { CopyIcon } from '@/components/icons-more'
import { Sheet } from '@/components/Sheet'
import { toast } from '@/lib/announce'
import { api, take } from '@/lib/api'
import { copyText } from '@/lib/copy'

import type { ClubDetail } from './queries'
import { useT } from './t'

/** A link that lets people in, shown once. */
export function Invite({ club, onClose }: { club: ClubDetail; onClose: () => void }) {
  const t = useT()
  const [uses, setUses] = useState(10)
  const make = useMutation({
    mutationFn: () =>
      take(
        api.POST('/api/v1/clubs/{club}/invites', {
          params: { path: { club: club.slug } },
          body: { expires_in_hours: 168, max_uses: uses },
        }),
      ),
  })
  const link = make.data && `${location.origin}/c/${club.slug}?invite=${make.data.token}`
  const copy = async () => {
    if (await copyText(link ?? '')) toast(t('invite.copied'))
  }
  return (
    <Sheet open onClose={onClose} title={t('invite')} words={t('invite.words')}>
      {link ? (
        <div className="flex items-end gap-2">
          <Field label={t('invite')} hideLabel className="flex-1">
            <Input readOnly value={link} onFocus={(event) => event.target.select()} />
          </Field>
          <Button icon={CopyIcon} tone="ink" onClick={() => void copy()}>
            {t('invite.copy')}
          </Button>
        </div>
      ) : (
        <div className="flex items-end gap-2">
          <Field label={t('invite.uses')} className="flex-1">
            <Input
              type="number"
              min={1}
              max={1000}
              value={uses}
              onChange={(event) => setUses(Math.min(1000, Math.max(1, event.target.valueAsNumber || 1)))}
            />
          </Field>
          <Button tone="ink" busy={make.isPending} onClick={() => make.mutate()}>
            {t('invite.make')}
          </Button>
        </div>
      )}
    </Sheet>
  )
}
