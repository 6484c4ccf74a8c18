import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'

import { Avatar } from '@/components/Avatar'
import { Button, IconButton } from '@/components/Button'
import { Field, Input, Select, Switch, Textarea } from '@/components/Field'
import { CloseIcon } from '@/components/icons'
import { ImageIcon } from '@/components/icons-more'
import { Sheet } from '@/components/Sheet'
import { announce, toast } from '@/lib/announce'
import { api, once, take } from '@/lib/api'
import { asProblem } from '@/lib/api/problem'
import { useOwnClub } from '@/lib/own-club'
import { me } from '@/lib/queries/me'
import { uuidv7 } from '@/lib/uuid'

import { useBegun } from './begun'
import { upload, type Uploaded } from './pictures'
import { feed } from './queries'
import { useT } from './t'

/** One line that invites to write; the sheet does the rest. */
export function ComposeLine({ onOpen }: { onOpen: () => void }) {
  const t = useT()
  const profile = useQuery(me).data
  return (
    <button
      type="button"
      onClick={onOpen}
      className="mt-4 flex w-full items-center gap-3 rounded-card border border-line bg-surface px-3 py-2.5 text-left text-md text-ink-3 hover:border-ink-3"
    >
      {profile && <Avatar person={profile} size={32} />}
      <span className="flex-1">{t('compose.words')}</span>
      <ImageIcon size={20} className="mr-1" />
    </button>
  )
}

/** A new post: words, pictures with what they show, and where it goes (`club`: the slug of the one she comes from). */
export function Compose({ club, onClose }: { club?: string; onClose: () => void }) {
  const t = useT()
  const cache = useQueryClient()
  const clubs = useQuery(me).data?.clubs ?? []
  const [text, setText] = useBegun()
  const [where, setWhere] = useState<string>()
  const [isPublic, setPublic] = useState(false)
  const [pictures, setPictures] = useState<readonly Uploaded[]>([])
  const [onTheWay, setOnTheWay] = useState(0)
  const [key] = useState(uuidv7)
  const files = useRef<HTMLInputElement>(null)
  const own = useOwnClub()
  const clubId = where ?? (clubs.find(({ slug }) => slug === club) ?? own)?.id ?? ''
  const isReady = (text.trim() !== '' || pictures.length > 0) && onTheWay === 0

  const post = useMutation({
    mutationFn: () =>
      take(
        api.POST('/api/v1/posts', {
          headers: once(key),
          body: {
            text,
            club_id: clubId || null,
            media: pictures.map(({ id, alt }) => ({ media_id: id, alt })),
            visibility: clubId ? (isPublic ? 'public' : 'club') : 'public',
            announce: false,
          },
        }),
      ),
    onSuccess: () => {
      setText('')
      announce(t('compose.posted'))
      onClose()
      void cache.invalidateQueries({ queryKey: feed('clubs').queryKey })
      void cache.invalidateQueries({ queryKey: feed('following').queryKey })
    },
  })

  const add = async (chosen: FileList | null) => {
    const wanted = [...(chosen ?? [])].slice(0, 10 - pictures.length)
    setOnTheWay((n) => n + wanted.length)
    for (const file of wanted) {
      try {
        const picture = await upload(file)
        setPictures((before) => [...before, picture])
      } catch (reason) {
        toast(asProblem(reason).message)
      } finally {
        setOnTheWay((n) => n - 1)
      }
    }
  }
  const describe = (id: string, alt: string) =>
    setPictures((before) => before.map((picture) => (picture.id === id ? { ...picture, alt } : picture)))

  return (
    <Sheet
      open
      wide
      onClose={onClose}
      title={t('compose.title')}
      footer={
        <Button tone="ink" disabled={!isReady} busy={post.isPending} onClick={() => post.mutate()}>
          {onTheWay > 0 ? t('compose.uploading', { n: onTheWay }) : t('compose.post')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label={t('compose.where')}>
          <Select value={clubId} onChange={(event) => setWhere(event.target.value)}>
            {clubs.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            <option value="">{t('compose.everyone')}</option>
          </Select>
        </Field>
        <Field label={t('compose.words')} hideLabel>
          <Textarea
            rows={5}
            maxLength={8000}
            placeholder={t('compose.words')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        {pictures.map((picture) => (
          <div key={picture.id} className="flex items-start gap-3">
            <img src={picture.url} alt="" className="size-20 rounded-control object-cover" />
            <Field label={t('compose.alt')} hint={t('compose.alt.hint')} className="flex-1">
              <Input
                value={picture.alt}
                maxLength={300}
                onChange={(event) => describe(picture.id, event.target.value)}
              />
            </Field>
            <IconButton
              label={t('compose.remove')}
              icon={CloseIcon}
              onClick={() => setPictures((before) => before.filter(({ id }) => id !== picture.id))}
            />
          </div>
        ))}
        <input
          ref={files}
          type="file"
          accept="image/*"
          multiple
          hidden
          onChange={(event) => {
            void add(event.target.files)
            event.target.value = ''
          }}
        />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Button icon={ImageIcon} onClick={() => files.current?.click()} disabled={pictures.length >= 10}>
            {t('compose.add')}
          </Button>
          {clubId && <Switch label={t('compose.public')} checked={isPublic} onChange={setPublic} />}
        </div>
      </div>
    </Sheet>
  )
}
