// An app that uses the socket.io-client of npm, as it is. Prints one line of JSON: what it saw.
// node app.mjs <folder with node_modules> <url> <scenario> <transports>
import { createRequire } from 'node:module'

const [, , folder, url, scenario, transports] = process.argv
const { io } = createRequire(`${folder}/package.json`)('socket.io-client')

const seen = {}
const open = (path = '', options = {}) =>
  io(url + path, { transports: transports.split(','), reconnectionDelay: 50, reconnectionDelayMax: 100, ...options })
const once = (emitter, event) => new Promise((resolve) => emitter.once(event, (...parts) => resolve(parts)))
const tell = (word) => process.stdout.write(`${word}\n`)

const scenarios = {
  async talk() {
    const socket = open('', { auth: { token: '123' } })
    await once(socket, 'connect')
    seen.told = await socket.emitWithAck('what-i-told')
    const back = once(socket, 'message-back')
    socket.emit('message', 1, '2', { 3: [true] })
    seen.event = await back
    seen.ack = await socket.emitWithAck('message-with-ack', 'x')
    const bytes = await socket.emitWithAck('message-with-ack', Buffer.from([1, 2, 3]))
    seen.binary = Buffer.isBuffer(bytes) && [...bytes]
    seen.late = await socket.timeout(100).emitWithAck('never-heard-of').catch((error) => error.message)
    const left = once(socket, 'disconnect')
    socket.emit('leave')
    seen.left = (await left)[0]
  },

  async namespaces() {
    const [main, custom, unknown] = [open(), open('/custom'), open('/unknown')]
    const refused = once(unknown, 'connect_error')
    await Promise.all([once(main, 'connect'), once(custom, 'connect')])
    seen.shared = main.io === custom.io
    seen.custom = await custom.emitWithAck('message-with-ack', 'there')
    seen.unknown = (await refused)[0].message
    const barred = io(url, { transports: transports.split(','), forceNew: true, auth: { refuse: 'with reasons' } })
    const [error] = await once(barred, 'connect_error')
    seen.barred = [error.message, error.data]
    barred.disconnect()
    main.disconnect()
    seen.after = await custom.emitWithAck('message-with-ack', 'still')
    custom.disconnect()
    unknown.disconnect()
  },

  async burst() {
    const socket = open()
    const answers = []
    const sent = Array.from({ length: 300 }, (_, n) => n)
    socket.on('message-back', (n) => answers.push(n))
    for (const n of sent) socket.emit('message', n)
    await socket.emitWithAck('message-with-ack', 'last')
    while (answers.length < sent.length) await once(socket, 'message-back').then(() => new Promise(setImmediate))
    seen.inOrder = JSON.stringify(answers) === JSON.stringify(sent)
    seen.transport = socket.io.engine.transport.name
    socket.disconnect()
  },

  async upgrade() {
    const socket = open()
    const answers = []
    socket.on('message-back', (n) => answers.push(n))
    seen.from = socket.io.engine.transport.name
    const upgraded = once(socket.io.engine, 'upgrade')
    let n = 0
    const talking = setInterval(() => socket.emit('message', n++), 1)
    await Promise.all([upgraded, once(socket, 'connect')])
    await new Promise((resolve) => setTimeout(resolve, 100))
    clearInterval(talking)
    seen.to = socket.io.engine.transport.name
    await socket.emitWithAck('message-with-ack', 'last')
    while (answers.length < n) await new Promise((resolve) => setTimeout(resolve, 5))
    seen.inOrder = n > 10 && answers.every((answer, at) => answer === at)
    socket.disconnect()
  },

  async loss() {
    const socket = open()
    await once(socket, 'connect')
    const first = socket.id
    const lost = once(socket, 'disconnect')
    await new Promise((resolve) => setTimeout(resolve, 100)) // the next GET is under way by then
    tell('cut')
    seen.reason = (await lost)[0]
    const buffered = Promise.all([1, 2, 3].map((n) => socket.emitWithAck('message-with-ack', n)))
    await once(socket, 'connect')
    seen.another = socket.id !== first
    seen.buffered = await buffered
    socket.disconnect()
  },

  async heartbeat() {
    const socket = open()
    await once(socket, 'connect')
    const pings = []
    socket.io.on('ping', () => pings.push(1))
    await new Promise((resolve) => setTimeout(resolve, 1500))
    seen.alive = socket.connected && pings.length >= 3
    socket.disconnect()
  },
}

await scenarios[scenario]()
tell(JSON.stringify(seen))
process.exit(0)
