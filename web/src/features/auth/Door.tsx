import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { Wordmark } from '@/components/HoloMark'
import { useTitle } from '@/components/Page'

import { Noticeboard } from './Noticeboard'
import { useT } from './t'

interface DoorProps {
  title: string
  words?: ReactNode
  children: ReactNode
  /** Under the form: the way to the other door. */
  foot?: ReactNode
}

/** The way in: the noticeboard under its floodlights, and a form on paper beside it. */
export function Door({ title, words, children, foot }: DoorProps) {
  const t = useT()
  useTitle(title)
  return (
    <div className="flex min-h-dvh flex-col lg:grid lg:grid-cols-[minmax(0,1.15fr)_minmax(26rem,1fr)]">
      <section
        aria-label={t('board.label')}
        className="floodlit max-h-[38vh] min-h-66 px-5 pt-6 lg:sticky lg:top-0 lg:h-dvh lg:max-h-none lg:px-12 lg:pt-9"
      >
        <Link to="/sign-in" search={{}} className="inline-block">
          <Wordmark />
        </Link>
        <div className="mx-auto w-full max-w-152">
          <p className="display mt-6 max-w-lg text-2xl text-balance lg:mt-[5vh] lg:text-3xl">
            {t('board.headline')}
          </p>
          <p className="mt-3 mb-6 max-w-md text-balance opacity-80 lg:mb-[4.5vh]">{t('board.words')}</p>
          <Noticeboard />
        </div>
      </section>
      <main className="relative flex flex-1 flex-col justify-center rounded-t-[1.25rem] bg-paper px-5 py-10 max-lg:-mt-5 lg:rounded-none lg:px-12">
        <div className="mx-auto w-full max-w-96">
          <h1 className="text-2xl">{title}</h1>
          {words && <p className="mt-2 text-ink-2">{words}</p>}
          <div className="mt-7">{children}</div>
          {foot && <p className="mt-7 border-t border-line pt-5 text-sm text-ink-2">{foot}</p>}
        </div>
      </main>
    </div>
  )
}

export const DOOR_LINK =
  'font-semibold text-ink underline decoration-line decoration-2 underline-offset-4 hover:decoration-ink'
