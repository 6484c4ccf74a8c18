import { Button } from '@/components/Button'
import { Field, Select, Textarea } from '@/components/Field'
import { CaptionsIcon } from '@/components/icons-more'
import { Segmented } from '@/components/Segmented'
import { clipLength } from '@/lib/format'

import { CaptionsFile } from './CaptionsFile'
import type { Clip } from './clip'
import { useT } from './t'

export interface Words {
  clubId: string
  caption: string
  visibility: 'club' | 'public'
  captions?: File | undefined
}

interface DetailsProps {
  clip: Clip
  clubs: readonly { id: string; name: string }[]
  words: Words
  onChange: (change: Partial<Words>) => void
}

const LONGEST_CAPTION = 500

/** The clip as it will be, and what is said about it. */
export function Details({ clip, clubs, words, onChange }: DetailsProps) {
  const t = useT()
  const megabytes = clip.file.size / 1_000_000
  return (
    <div className="flex flex-col gap-5">
      <div className="flex items-center gap-4">
        {/* The member's own clip, before it is anything to others. */}
        <video
          src={clip.url}
          muted
          loop
          playsInline
          controls
          aria-label={t('preview')}
          className="aspect-9/14 w-28 shrink-0 rounded-control bg-black object-cover"
        />
        <div className="min-w-0 text-sm">
          <p className="truncate font-semibold">{clip.file.name}</p>
          <p className="num mt-1 text-ink-3">
            {clip.seconds === undefined
              ? t('file.size', { size: megabytes.toFixed(1) })
              : t('file.both', { length: clipLength(clip.seconds), size: megabytes.toFixed(1) })}
          </p>
        </div>
      </div>
      <Field label={t('field.caption')} end={t('field.left', { n: LONGEST_CAPTION - words.caption.length })}>
        <Textarea
          value={words.caption}
          maxLength={LONGEST_CAPTION}
          placeholder={t('field.caption.example')}
          onChange={(event) => onChange({ caption: event.target.value })}
        />
      </Field>
      <div>
        <div className="mb-2 flex items-baseline justify-between gap-3 text-sm">
          <p className="font-semibold">{t('captions')}</p>
          <span className="text-ink-3">{t('optional')}</span>
        </div>
        {words.captions ? (
          <p className="flex items-center gap-3 text-sm">
            <span className="min-w-0 flex-1 truncate">{words.captions.name}</span>
            <Button size="sm" tone="quiet" onClick={() => onChange({ captions: undefined })}>
              {t('captions.without')}
            </Button>
          </p>
        ) : (
          <>
            <CaptionsFile
              icon={CaptionsIcon}
              words={t('captions.choose')}
              onPicked={(captions) => onChange({ captions })}
            />
            <p className="mt-1.5 text-sm text-ink-3">{t('captions.hint')}</p>
          </>
        )}
      </div>
      <Field label={t('field.club')}>
        <Select value={words.clubId} onChange={(event) => onChange({ clubId: event.target.value })}>
          {clubs.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <div>
        <p className="mb-2 text-sm font-semibold">{t('field.visibility')}</p>
        <Segmented
          label={t('field.visibility')}
          value={words.visibility}
          options={[
            { value: 'club', label: t('visibility.club') },
            { value: 'public', label: t('visibility.public') },
          ]}
          onChange={(visibility) => onChange({ visibility })}
        />
      </div>
    </div>
  )
}
