import { Button } from '@/components/Button'
import { UploadIcon } from '@/components/icons-more'
import { Sheet } from '@/components/Sheet'
import { toast } from '@/lib/announce'
import { asProblem } from '@/lib/api'

import { useCaptions } from './captions'
import { CaptionsFile } from './CaptionsFile'
import type { Reel } from './queries'
import { useT } from './t'

/** The captions of a reel of one's own: added, put in place of others, or taken away. */
export function CaptionsSheet({ reel, onClose }: { reel: Reel; onClose: () => void }) {
  const t = useT()
  const captions = useCaptions(reel.id)
  const put = (file: File | undefined) =>
    captions.mutate(file, {
      onSuccess: () => {
        toast(t(file ? 'captions.kept' : 'captions.removed'))
        onClose()
      },
    })
  return (
    <Sheet
      open
      onClose={onClose}
      title={t('captions')}
      words={t('captions.words')}
      footer={
        reel.captions_url && (
          <Button tone="quiet" disabled={captions.isPending} onClick={() => put(undefined)}>
            {t('captions.remove')}
          </Button>
        )
      }
    >
      <CaptionsFile
        icon={UploadIcon}
        words={t(reel.captions_url ? 'captions.replace' : 'captions.choose')}
        fault={captions.error ? asProblem(captions.error).message : undefined}
        busy={captions.isPending}
        onPicked={put}
      />
    </Sheet>
  )
}
