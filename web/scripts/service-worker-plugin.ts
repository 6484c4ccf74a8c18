import { createHash } from 'node:crypto'

import type { Plugin } from 'vite'

/** Chunks and styles that the entry needs before anything shows; lazy routes are left to the runtime cache. */
function shellFiles(bundle: Parameters<Extract<Plugin['generateBundle'], (...args: never) => unknown>>[1]) {
  const wanted = new Set<string>()
  const visit = (file: string) => {
    const chunk = bundle[file]
    if (wanted.has(file) || chunk?.type !== 'chunk') return
    wanted.add(file)
    chunk.viteMetadata?.importedCss.forEach((css) => wanted.add(css))
    chunk.imports.forEach(visit)
  }
  for (const chunk of Object.values(bundle)) {
    if (chunk.type === 'chunk' && chunk.isEntry && chunk.name === 'main') visit(chunk.fileName)
  }
  const fonts = Object.keys(bundle).filter((file) => /latin-wght-normal-[\w-]+\.woff2$/.test(file))
  return [...wanted, ...fonts].map((file) => `/${file}`)
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
      const version = createHash('sha256').update(files.join()).digest('hex').slice(0, 12)
      // Both stand inside string literals, whichever quotes the minifier chose: hence no quotes of our own around them.
      worker.code = worker.code
        .replace('__SHELL_FILES__', () => files.join(' '))
        .replace('__SHELL_VERSION__', () => version)
    },
  }
}
