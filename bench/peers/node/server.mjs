// The official Socket.IO server with what ours does in the same bench: a signed token is verified on CONNECT, a member
// joins her own channel, her club's and her room's, and a room is told of messages when the bench asks for it.
import { createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

import { Server } from 'socket.io'

const [port, keyFile, payloadFile] = process.argv.slice(2)
const key = createPublicKey(readFileSync(keyFile))
const payload = JSON.parse(readFileSync(payloadFile, 'utf8'))
const http = createServer()
const io = new Server(http, { pingInterval: 3_600_000, pingTimeout: 20_000, perMessageDeflate: false })

function claimsOf(token) {
  const [head, body, signature] = token.split('.')
  const isOurs = verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))
  const claims = isOurs && JSON.parse(Buffer.from(body, 'base64url').toString())
  return claims && claims.aud === 'hub' && claims.exp > Date.now() / 1000 ? claims : undefined
}

io.use((socket, next) => {
  const claims = claimsOf(socket.handshake.auth.token ?? '')
  if (!claims) return next(new Error('not signed in'))
  socket.data.member = claims.sub
  next()
})
io.on('connection', (socket) => {
  socket.join([`member:${socket.data.member}`, 'club:1', `room:${socket.handshake.auth.room}`])
})

async function tell({ room, bursts, messages, gap }) {
  const starts = []
  for (let burst = 0; burst < bursts; burst++) {
    starts.push(Number(process.hrtime.bigint()) / 1e9)
    for (let n = 0; n < messages; n++) io.to(`room:${room}`).emit('room.event', payload)
    await sleep(gap * 1000)
  }
  return starts
}

http.on('request', (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  if (!pathname.startsWith('/bench/')) return
  const answer = (value) => response.end(JSON.stringify(value))
  if (pathname === '/bench/tell') {
    const numbers = Object.fromEntries(['bursts', 'messages', 'gap'].map((k) => [k, Number(searchParams.get(k))]))
    void tell({ room: searchParams.get('room'), ...numbers }).then((starts) => answer({ starts }))
    return
  }
  if (pathname === '/bench/settle') globalThis.gc?.()
  answer({ open: io.engine.clientsCount })
})
http.listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 })
