import { createHash } from 'node:crypto'

import type { Plugin } from 'vite'

type Bundle = Parameters<Extract<Plugin['generateBundle'], (...args: never) => unknown>>[1]

/** Chunks with all that they import at once, and their styles. */
function reached(bundle: Bundle, starts: readonly string[]) {
  const wanted = new Set<string>()
  const visit = (file: string) => {
    const chunk = bundle[file]
    if (wanted.has(file) || chunk?.type !== 'chunk') return
    wanted.add(file)
    chunk.viteMetadata?.importedCss.forEach((css) => wanted.add(css))
    chunk.imports.forEach(visit)
  }
  starts.forEach(visit)
  return [...wanted].map((file) => `/${file}`)
}

/** What the entry needs before anything shows. */
function shellFiles(bundle: Bundle) {
  const entries = Object.values(bundle).filter(
    (chunk) => chunk.type === 'chunk' && chunk.isEntry && chunk.name === 'main',
  )
  const fonts = Object.keys(bundle).filter((file) => /latin-wght-normal-[\w-]+\.woff2$/.test(file))
  return [
    ...reached(
      bundle,
      entries.map(({ fileName }) => fileName),
    ),
    ...fonts.map((file) => `/${file}`),
  ]
}

/** The screens with what they need, so that each of them opens without a network; big machinery waits for its use. */
function screenFiles(bundle: Bundle) {
  const screens = Object.values(bundle).filter(
    (chunk) =>
      chunk.type === 'chunk' && /features\/(?!gallery)\w+\/\w*Screen\.tsx$/.test(chunk.facadeModuleId ?? ''),
  )
  return reached(
    bundle,
    screens.map(({ fileName }) => fileName),
  )
}

/** Writes the list of shell files and a version over them into the worker, so a new build is a new worker. */
export function serviceWorker(): Plugin {
  return {
    name: 'clubholohub-service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = Object.values(bundle).find((chunk) => chunk.fileName === 'sw.js')
      if (worker?.type !== 'chunk') return
      const files = ['/', '/theme.js', '/app.webmanifest', '/icon.svg', ...shellFiles(bundle)]
      const screens = screenFiles(bundle).filter((file) => !files.includes(file))
      const version = createHash('sha256')
        .update([...files, ...screens].join())
        .digest('hex')
        .slice(0, 12)
      // They stand inside string literals, whichever quotes the minifier chose: hence no quotes of our own around them.
      worker.code = worker.code
        .replace('__SHELL_FILES__', () => files.join(' '))
        .replace('__SCREEN_FILES__', () => screens.join(' '))
        .replace('__SHELL_VERSION__', () => version)
    },
  }
}
