import { fileURLToPath } from 'node:url'

import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

import { serviceWorker } from './scripts/service-worker-plugin.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const hub = process.env.CLUBHUB_DEV_API ?? 'http://127.0.0.1:8000'

export default defineConfig({
  plugins: [react(), tailwindcss(), serviceWorker()],
  resolve: { alias: { '@messages': here('./messages'), '@': here('./src') } },
  build: {
    // A data: font or image would need a looser content security policy.
    assetsInlineLimit: 0,
    manifest: true,
    target: 'es2022',
    rollupOptions: {
      input: { main: here('./index.html'), sw: here('./src/sw/worker.ts') },
      output: {
        // The worker keeps one name for ever: a browser asks for it by that name to find the next version.
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': { target: hub, changeOrigin: false },
      '/files': { target: hub, changeOrigin: false },
      '/socket.io': { target: hub, ws: true, changeOrigin: false },
    },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
})
