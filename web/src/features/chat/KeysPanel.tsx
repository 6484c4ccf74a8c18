import { modKey } from '@/lib/hooks/hotkeys'

import { useT } from './t'

type Key = Parameters<ReturnType<typeof useT>>[0]

const FIELD: [string[], Key][] = [
  [['Enter'], 'keys.send'],
  [['Shift', 'Enter'], 'keys.line'],
  [['↑'], 'keys.last'],
  [['Esc'], 'keys.cancel'],
]
const LIST: [string[], Key][] = [
  [['↑'], 'keys.up'],
  [['↓'], 'keys.down'],
  [['Home', 'End'], 'keys.ends'],
  [['R'], 'keys.reply'],
  [['T'], 'keys.thread'],
  [['A'], 'keys.react'],
  [['E'], 'keys.edit'],
  [['P'], 'keys.pin'],
  [['Delete'], 'keys.delete'],
]

/** All keys of chat, behind "?". */
export function KeysPanel() {
  const t = useT()
  const room: [string[], Key][] = [
    [['C'], 'keys.write'],
    [['M'], 'keys.messages'],
    [[modKey(), 'F'], 'keys.find'],
    [['[', ']'], 'keys.rooms'],
    [['?'], 'keys.this'],
  ]
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">
      <Keys title={t('keys.in.field')} all={FIELD} />
      <Keys title={t('keys.in.list')} all={LIST} />
      <Keys title={t('keys.in.room')} all={room} />
    </div>
  )
}

function Keys({ title, all }: { title: string; all: readonly [string[], Key][] }) {
  const t = useT()
  return (
    <>
      <h3 className="pt-3 pb-2 text-md">{title}</h3>
      <dl>
        {all.map(([caps, words]) => (
          <div
            key={words}
            className="flex items-center justify-between gap-4 border-b border-line py-2 text-sm last:border-0"
          >
            <dt className="text-ink-2">{t(words)}</dt>
            <dd className="flex shrink-0 gap-1">
              {caps.map((cap) => (
                <kbd
                  key={cap}
                  className="num rounded-sm border border-line bg-surface px-1.5 font-text text-xs font-semibold"
                >
                  {cap}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
