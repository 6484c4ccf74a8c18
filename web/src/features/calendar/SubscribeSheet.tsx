import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { Button } from '@/components/Button'
import { Row, Rows } from '@/components/Card'
import { Crest } from '@/components/Crest'
import { Field, Input } from '@/components/Field'
import { CopyIcon, TrashIcon } from '@/components/icons-more'
import { Confirm, Sheet } from '@/components/Sheet'
import { toast } from '@/lib/announce'
import { api, take, type Wire } from '@/lib/api'
import { copyText } from '@/lib/copy'

import { useT } from './t'

interface Club {
  id: string
  name: string
  hue: number
}

/** A club's dates in the member's own calendar app, by an address that is hers alone. */
export function SubscribeSheet({ clubs, onClose }: { clubs: readonly Club[]; onClose: () => void }) {
  const t = useT()
  return (
    <Sheet open onClose={onClose} title={t('subscribe.title')} words={t('subscribe.words')} wide>
      {clubs.length === 0 ? (
        <p className="py-4 text-ink-2">{t('subscribe.none')}</p>
      ) : (
        <Rows>
          {clubs.map((club) => (
            <ClubFeed key={club.id} club={club} />
          ))}
        </Rows>
      )}
      <p className="mt-4 text-sm text-ink-3">{t('subscribe.slow')}</p>
    </Sheet>
  )
}

function ClubFeed({ club }: { club: Club }) {
  const t = useT()
  const [isRevoking, setRevoking] = useState(false)
  const path = { params: { path: { club_id: club.id } } }
  const link = useMutation({
    mutationFn: () => take(api.POST('/api/v1/clubs/{club_id}/calendar-link', path)),
  })
  const revoke = useMutation({
    mutationFn: () => api.DELETE('/api/v1/clubs/{club_id}/calendar-link', path),
    onSuccess: () => {
      link.reset()
      setRevoking(false)
      toast(t('subscribe.revoked'))
    },
  })
  return (
    <>
      <Row
        lead={<Crest name={club.name} hue={club.hue} size={32} />}
        title={club.name}
        end={
          link.data ? (
            <Button size="sm" tone="quiet" icon={TrashIcon} onClick={() => setRevoking(true)}>
              {t('subscribe.revoke')}
            </Button>
          ) : (
            <Button size="sm" busy={link.isPending} onClick={() => link.mutate()}>
              {t('subscribe.make')}
            </Button>
          )
        }
      />
      {link.data && (
        <li className="border-t-0! pb-4">
          <Address link={link.data} club={club.name} />
        </li>
      )}
      <Confirm
        open={isRevoking}
        onClose={() => setRevoking(false)}
        onConfirm={() => revoke.mutate()}
        busy={revoke.isPending}
        danger
        title={t('subscribe.revoke.title', { club: club.name })}
        words={t('subscribe.revoke.words')}
        verb={t('subscribe.revoke')}
      />
    </>
  )
}

function Address({ link, club }: { link: Wire<'CalendarLink'>; club: string }) {
  const t = useT()
  const copy = async () => {
    if (await copyText(link.url)) toast(t('copied'))
  }
  return (
    <div className="flex flex-col gap-3">
      <Field label={t('subscribe.address', { club })} hideLabel hint={t('subscribe.once')}>
        <Input
          readOnly
          value={link.url}
          className="num text-sm!"
          onFocus={(event) => event.target.select()}
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" tone="ink" icon={CopyIcon} onClick={() => void copy()}>
          {t('copy')}
        </Button>
        <a
          href={link.webcal_url}
          className="reach inline-flex h-8 items-center rounded-control border border-line px-3 text-sm font-semibold hover:bg-sunken"
        >
          {t('subscribe.open')}
        </a>
      </div>
    </div>
  )
}
