import { useState } from 'react'

import { Button } from '@/components/Button'
import { Sheet } from '@/components/Sheet'

import type { Scope } from './queries'
import { ScopeChoice } from './ScopeChoice'
import { useT } from './t'

interface ScopeSheetProps {
  withoutThis: boolean
  busy: boolean
  onClose: () => void
  onChosen: (scope: Scope) => void
}

/** A series was changed: which of its dates are meant? */
export function ScopeSheet({ withoutThis, busy, onClose, onChosen }: ScopeSheetProps) {
  const t = useT()
  const [scope, setScope] = useState<Scope>(withoutThis ? 'following' : 'this')
  return (
    <Sheet
      open
      onClose={onClose}
      title={t('scope.title')}
      words={t('scope.words')}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {t('scope.back')}
          </Button>
          <Button tone="ink" busy={busy} onClick={() => onChosen(scope)}>
            {t('edit.save')}
          </Button>
        </>
      }
    >
      <ScopeChoice label={t('scope.label')} value={scope} onChange={setScope} withoutThis={withoutThis} />
    </Sheet>
  )
}
