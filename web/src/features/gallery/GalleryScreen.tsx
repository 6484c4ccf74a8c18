import { useState } from 'react'

import { Section } from '@/components/Card'
import { Segmented } from '@/components/Segmented'
import { useStore } from '@/lib/store'
import { chooseTheme, themeChoice } from '@/lib/theme'

import { Controls } from './Controls'
import { Signs } from './Signs'
import { States } from './States'
import { Things } from './Things'

const PARTS = { things: Things, controls: Controls, signs: Signs, states: States }
type Part = keyof typeof PARTS

/** For those who build screens: every part of the look, in both themes. Not in the production build. */
export function GalleryScreen() {
  const [part, setPart] = useState<Part>(() => (location.hash.slice(1) as Part) || 'things')
  const theme = useStore(themeChoice)
  const Shown = PARTS[part]
  return (
    <main className="mx-auto max-w-240 space-y-10 px-4 py-8">
      <header className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-2xl">Gallery</h1>
        <div className="flex flex-wrap gap-3">
          <Segmented
            label="Part"
            value={part}
            onChange={setPart}
            options={(Object.keys(PARTS) as Part[]).map((value) => ({ value, label: value }))}
          />
          <Segmented
            label="Theme"
            value={theme}
            onChange={chooseTheme}
            options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: value }))}
          />
        </div>
      </header>
      <Section title={part}>
        <Shown />
      </Section>
    </main>
  )
}
