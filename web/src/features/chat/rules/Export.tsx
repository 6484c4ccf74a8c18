import { useMutation } from '@tanstack/react-query'

import { Button } from '@/components/Button'
import { DownloadIcon } from '@/components/icons-more'
import type { Room } from '@/lib/queries/rooms'
import { fileName, saveFile } from '@/lib/save-file'

import { Part } from '../Part'
import { useT } from '../t'

/** Takes along what the member can see of the room. */
export function Export({ room }: { room: Room }) {
  const t = useT()
  const save = useMutation({
    mutationFn: () => saveFile(`/rooms/${room.id}/export`, `${fileName(room.title, 'room')}.jsonl`),
  })
  return (
    <Part title={t('export')}>
      <p className="pb-2 text-sm text-ink-2">{t('export.words')}</p>
      <Button size="sm" icon={DownloadIcon} busy={save.isPending} onClick={() => save.mutate()}>
        {t('export.save')}
      </Button>
    </Part>
  )
}
