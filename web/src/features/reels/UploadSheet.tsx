import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import { Button, ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { WarnIcon } from '@/components/icons'
import { ProgressBar } from '@/components/ProgressBar'
import { Confirm, Sheet } from '@/components/Sheet'
import { Bone } from '@/components/Skeleton'
import { asProblem, type Problem } from '@/lib/api'
import { useOwnClub } from '@/lib/own-club'
import { me } from '@/lib/queries/me'
import { uuidv7 } from '@/lib/uuid'

import { putCaptions } from './captions'
import type { Clip } from './clip'
import { Details, type Words } from './Details'
import { PickFile } from './PickFile'
import { usePreparing } from './preparing'
import { reel } from './queries'
import { useT } from './t'
import { sendReel } from './upload'

/** From a file on the device to a reel in the club. */
export function UploadSheet({ onClose }: { onClose: () => void }) {
  const t = useT()
  const clubs = useQuery(me).data?.clubs
  const [clip, setClip] = useState<Clip>()
  const [words, setWords] = useState<Words>({ clubId: '', caption: '', visibility: 'club' })
  const upload = useUpload()
  const [isAsking, setAsking] = useState(false)
  const own = useOwnClub()
  const clubId = words.clubId || (own?.id ?? '')
  useRevoked(clip?.url)
  const close = () => (upload.share === undefined ? onClose() : setAsking(true))
  const isForm = clip !== undefined && upload.share === undefined && upload.reelId === undefined
  return (
    <Sheet
      open
      onClose={close}
      title={t('upload.title')}
      words={clip ? undefined : t('upload.words')}
      footer={
        isForm && (
          <>
            <Button tone="quiet" onClick={() => setClip(undefined)}>
              {t('upload.other')}
            </Button>
            <Button tone="ink" onClick={() => upload.send({ ...words, clubId, file: clip.file })}>
              {t('upload.send')}
            </Button>
          </>
        )
      }
    >
      {clubs?.length === 0 ? (
        <EmptyState
          drawing="door"
          title={t('upload.noClub')}
          words={t('upload.noClub.words')}
          action={<ButtonLink to="/clubs">{t('upload.noClub.action')}</ButtonLink>}
        />
      ) : upload.reelId ? (
        <Preparing reelId={upload.reelId} captionsFault={upload.captionsFault} onClose={onClose} />
      ) : !clip ? (
        <PickFile onPicked={setClip} />
      ) : upload.share !== undefined ? (
        <Sent share={upload.share} onStop={upload.stop} />
      ) : (
        <>
          <Refusal problem={upload.problem} />
          <Details
            clip={clip}
            clubs={clubs ?? []}
            words={{ ...words, clubId }}
            onChange={(change) => setWords((before) => ({ ...before, ...change }))}
          />
        </>
      )}
      <Confirm
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          upload.stop()
          onClose()
        }}
        danger
        title={t('stop.title')}
        words={t('stop.words')}
        verb={t('stop.verb')}
      />
    </Sheet>
  )
}

type Wish = Parameters<typeof sendReel>[0] & { captions?: File | undefined }

/** The clip on its way: how much is there, what was refused, which reel it became. */
function useUpload() {
  const cache = useQueryClient()
  const [share, setShare] = useState<number>()
  const [problem, setProblem] = useState<Problem>()
  const [reelId, setReelId] = useState<string>()
  const [captionsFault, setCaptionsFault] = useState<string>()
  const [sending, setSending] = useState<ReturnType<typeof sendReel>>()
  // One key for as long as the sheet is open: a clip whose answer was lost is not taken in twice.
  const [key, setKey] = useState(uuidv7)

  useEffect(() => {
    if (share === undefined) return
    const hold = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', hold)
    return () => removeEventListener('beforeunload', hold)
  }, [share])

  const send = async (wish: Wish) => {
    setProblem(undefined)
    setShare(0)
    const next = sendReel(wish, key, setShare)
    setSending(next)
    try {
      const { reel: accepted } = await next.done
      cache.setQueryData(reel(accepted.id).queryKey, accepted)
      setReelId(accepted.id)
      // The reel is there whatever becomes of these; what is wrong with them is said beside it.
      if (wish.captions)
        await putCaptions(accepted.id, wish.captions).catch((reason: unknown) =>
          setCaptionsFault(asProblem(reason).message),
        )
    } catch (reason) {
      if (reason instanceof DOMException) return setShare(undefined)
      const failed = asProblem(reason)
      setProblem(failed)
      if (!failed.isOffline) setKey(uuidv7())
    }
    setShare(undefined)
  }
  return {
    share,
    problem,
    reelId,
    captionsFault,
    send: (wish: Wish) => void send(wish),
    stop: () => sending?.stop(),
  }
}

function useRevoked(url: string | undefined) {
  useEffect(() => (url ? () => URL.revokeObjectURL(url) : undefined), [url])
}

function Refusal({ problem }: { problem: Problem | undefined }) {
  return (
    <div role="alert">
      {problem && (
        <p className="mb-4 flex items-start gap-2.5 rounded-control border border-bad px-3.5 py-3 text-sm font-medium text-bad">
          <WarnIcon size={18} />
          {problem.message}
        </p>
      )}
    </div>
  )
}

function Sent({ share, onStop }: { share: number; onStop: () => void }) {
  const t = useT()
  const percent = Math.round(share * 100)
  return (
    <div className="flex flex-col gap-3 py-8">
      <p className="display text-lg">{percent < 100 ? t('sending') : t('sending.looked')}</p>
      <ProgressBar value={percent} max={100} label={t('sending')} />
      <p className="num flex items-center justify-between text-sm text-ink-3">
        {t('sending.percent', { percent })}
        <Button size="sm" tone="quiet" onClick={onStop}>
          {t('stop.verb')}
        </Button>
      </p>
    </div>
  )
}

interface PreparingProps {
  reelId: string
  captionsFault: string | undefined
  onClose: () => void
}

function Preparing({ reelId, captionsFault, onClose }: PreparingProps) {
  const t = useT()
  const { data } = usePreparing(reelId)
  if (!data) return <Bone className="h-24 w-full rounded-card" />
  if (data.state === 'failed')
    return (
      <div role="alert">
        <EmptyState drawing="cable" title={t('failed')} words={data.failure ?? t('failed.words')} />
      </div>
    )
  if (data.state === 'ready')
    return (
      <EmptyState
        drawing="reel"
        title={t('ready')}
        words={
          <>
            {t('ready.words', { club: data.club.name })} {captionsFault}
            {captionsFault && <span className="block">{t('captions.later')}</span>}
          </>
        }
        action={
          <ButtonLink to="/reels" search={{ reel: reelId }} tone="ink">
            {t('ready.watch')}
          </ButtonLink>
        }
      />
    )
  const percent = Math.round(data.progress * 100)
  return (
    <div className="flex flex-col gap-3 py-8" role="status">
      <p className="display text-lg">{t('preparing')}</p>
      <ProgressBar value={percent} max={100} label={t('preparing')} />
      <p className="num text-sm text-ink-3">{data.stage}</p>
      <p className="text-sm text-ink-2">{t('preparing.words')}</p>
      {captionsFault && (
        <p className="text-sm text-bad">
          {captionsFault} {t('captions.later')}
        </p>
      )}
      <Button className="mt-2 self-start" onClick={onClose}>
        {t('preparing.leave')}
      </Button>
    </div>
  )
}
