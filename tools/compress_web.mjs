// node tools/compress_web.mjs FOLDER: beside each text of the built app its .gz and .br, for an nginx that sends them.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const TEXT = /\.(css|html|js|json|mjs|svg|txt|webmanifest)$/
const SMALLEST = 1000

for (const name of readdirSync(process.argv[2], { recursive: true })) {
  const path = join(process.argv[2], name)
  if (!TEXT.test(name) || !statSync(path).isFile()) continue
  const body = readFileSync(path)
  if (body.length < SMALLEST) continue
  writeFileSync(`${path}.gz`, gzipSync(body, { level: 9 }))
  writeFileSync(`${path}.br`, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
}
