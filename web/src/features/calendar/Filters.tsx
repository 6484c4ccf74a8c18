import { Crest } from '@/components/Crest'
import { CheckIcon, DownIcon } from '@/components/icons'
import { Menu, MenuItem, MenuLine } from '@/components/Menu'

import type { MyAnswer } from './queries'
import { useT } from './t'

interface Club {
  id: string
  slug: string
  name: string
  hue: number
}

interface FiltersProps {
  clubs: readonly Club[]
  club: string | undefined
  answer: MyAnswer
  onClub: (slug: string | undefined) => void
  onAnswer: (answer: MyAnswer) => void
}

const ANSWERS: readonly MyAnswer[] = ['all', 'mine', 'open']

/** Which club, and what I said. */
export function Filters({ clubs, club, answer, onClub, onAnswer }: FiltersProps) {
  const t = useT()
  const chosen = clubs.find(({ slug }) => slug === club)
  return (
    <div className="flex flex-wrap gap-2">
      {clubs.length > 1 && (
        <Menu
          label={t('filter.club')}
          align="start"
          trigger={
            <Trigger isSet={Boolean(chosen)}>
              {chosen && <Crest name={chosen.name} hue={chosen.hue} size={18} />}
              {chosen?.name ?? t('filter.allClubs')}
            </Trigger>
          }
        >
          <MenuItem onSelect={() => onClub(undefined)}>
            <Check isOn={!chosen} />
            {t('filter.allClubs')}
          </MenuItem>
          <MenuLine />
          {clubs.map(({ id, slug, name, hue }) => (
            <MenuItem key={id} onSelect={() => onClub(slug)}>
              <Crest name={name} hue={hue} size={20} />
              <span className="flex-1">{name}</span>
              {slug === club && <CheckIcon size={16} />}
            </MenuItem>
          ))}
        </Menu>
      )}
      <Menu
        label={t('filter.answer')}
        align="start"
        trigger={<Trigger isSet={answer !== 'all'}>{t(`answer.${answer}`)}</Trigger>}
      >
        {ANSWERS.map((each) => (
          <MenuItem key={each} onSelect={() => onAnswer(each)}>
            <Check isOn={each === answer} />
            {t(`answer.${each}`)}
          </MenuItem>
        ))}
      </Menu>
    </div>
  )
}

function Check({ isOn }: { isOn: boolean }) {
  return <CheckIcon size={16} className={isOn ? '' : 'invisible'} />
}

interface TriggerProps extends React.ComponentProps<'button'> {
  isSet: boolean
}

function Trigger({ isSet, children, ...rest }: TriggerProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`reach inline-flex h-9 items-center gap-2 rounded-pill border px-3.5 text-sm font-semibold transition-colors hover:bg-sunken ${isSet ? 'border-ink text-ink' : 'border-line text-ink-2'}`}
    >
      {children}
      <DownIcon size={14} className="text-ink-3" />
    </button>
  )
}
