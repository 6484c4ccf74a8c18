import '@/styles/fonts.css'
import '@/styles/index.css'

import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { session } from '@/lib/session'
import { startTheme } from '@/lib/theme'

import { App } from './App'
import { followSession } from './live'
import { followPushes } from './pushed'
import { createAppRouter } from './router'

startTheme()
void session.open()
const cache = followSession()
const router = createAppRouter(cache)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App router={router} cache={cache} />
  </StrictMode>,
)

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/sw.js')
  followPushes(router, navigator.serviceWorker)
}
