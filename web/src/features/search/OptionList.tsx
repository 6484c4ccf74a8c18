import { useEffect, useRef } from 'react'

import { Avatar } from '@/components/Avatar'
import { ChevronIcon, ClockIcon, SearchIcon } from '@/components/icons'
import { Marked } from '@/components/Marked'
import { RelativeTime } from '@/components/Time'
import { cx } from '@/lib/cx'

import { detailOf } from './detail'
import { Face } from './Face'
import type { Group, Option } from './options'
import type { Found, Said } from './queries'
import { useT } from './t'

interface OptionListProps {
  id: string
  groups: readonly Group[]
  active: string | undefined
  onActive: (option: Option) => void
  onChoose: (option: Option) => void
  onForget: () => void
}

/** The list of the search box, by kind. The focus stays in the box; the active option is only pointed at. */
export function OptionList({ id, groups, active, onActive, onChoose, onForget }: OptionListProps) {
  const t = useT()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div className="relative">
      <div ref={list} id={id} role="listbox" aria-label={t('search.title')} className="px-2 py-2">
        {groups.map((group) => (
          <div key={group.key} role="group" aria-labelledby={`${id}-of-${group.key}`}>
            <Heading id={`${id}-of-${group.key}`} group={group} />
            {group.options.map((option) => (
              <button
                key={option.key}
                id={`${id}-${option.key}`}
                type="button"
                role="option"
                tabIndex={-1}
                aria-selected={option.key === active}
                // The box keeps the focus, and with it the keyboard of a phone.
                onMouseDown={(event) => event.preventDefault()}
                onMouseMove={() => option.key === active || onActive(option)}
                onClick={() => onChoose(option)}
                className={cx(
                  'flex min-h-11 w-full items-center gap-3 rounded-control px-2.5 py-1.5 text-left',
                  option.key === active && 'bg-sunken',
                )}
              >
                <Shown option={option} />
              </button>
            ))}
          </div>
        ))}
      </div>
      {groups[0]?.key === 'recent' && (
        <button
          type="button"
          onClick={onForget}
          className="reach absolute top-3.5 right-4 text-xs font-medium text-ink-3 hover:text-ink"
        >
          {t('forgetAll')}
        </button>
      )}
    </div>
  )
}

function Heading({ id, group }: { id: string; group: Group }) {
  const t = useT()
  if (group.key === 'everything')
    return (
      <span id={id} className="sr-only">
        {t('all')}
      </span>
    )
  const words = group.key === 'recent' ? t('recent') : group.key === 'go' ? t('go') : t(`kind.${group.key}`)
  return (
    <div id={id} role="presentation" className="px-2.5 pt-2.5 pb-1 text-xs font-medium text-ink-3">
      {words}
    </div>
  )
}

function Shown({ option }: { option: Option }) {
  const t = useT()
  if (option.type === 'found') return <FoundLine found={option.found} />
  if (option.type === 'message') return <SaidLine said={option.said} />
  if (option.type === 'recent')
    return (
      <>
        <ClockIcon size={18} className="text-ink-3" />
        <span className="truncate">{option.words}</span>
      </>
    )
  if (option.type === 'place') {
    const Glyph = option.place.icon
    return (
      <>
        <Glyph size={18} className="text-ink-3" />
        {t(`go.${option.place.key}`)}
      </>
    )
  }
  return (
    <>
      <SearchIcon size={18} className="text-ink-3" />
      <span className="min-w-0 flex-1 truncate font-medium">{t('every', { words: option.words })}</span>
      <ChevronIcon size={16} className="text-ink-3" />
    </>
  )
}

/** What was said, then by whom, where and when. */
function SaidLine({ said: { author_id, author_name, excerpt, marks, room_title, at } }: { said: Said }) {
  return (
    <>
      <Avatar person={{ id: author_id ?? author_name, name: author_name }} size={32} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          <Marked text={excerpt} marks={marks} />
        </span>
        <span className="num block truncate text-sm text-ink-3">
          {author_name}, {room_title}, <RelativeTime at={at} />
        </span>
      </span>
    </>
  )
}

function FoundLine({ found }: { found: Found }) {
  return (
    <>
      <Face found={found} size="small" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          <Marked text={found.title} marks={found.marks} />
        </span>
        <span className="num block truncate text-sm text-ink-3">{detailOf(found)}</span>
      </span>
    </>
  )
}
