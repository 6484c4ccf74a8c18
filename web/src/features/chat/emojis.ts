export type EmojiGroup = 'faces' | 'people' | 'sport' | 'things' | 'nature' | 'signs'

const SOURCE: Record<EmojiGroup, string> = {
  faces:
    '😀 grin|😄 happy laugh|😂 tears joy laugh|🤣 rolling laugh|🙂 smile|😉 wink|😊 blush|😍 love eyes|🥰 loved|😘 kiss|😎 cool|🤩 star|🥳 party|🤔 think|🫡 salute|😐 neutral|😬 grimace|🙄 roll eyes|😴 sleep tired|🤒 ill sick|🤕 hurt injured|🥶 cold freezing|🥵 hot|😅 sweat phew|😢 sad cry|😭 sob cry|😤 huff|😡 angry|🤯 mind blown|😱 scream|🤗 hug|🫣 peek|🤭 giggle|🤫 quiet|🫠 melt|🤞 luck fingers crossed',
  people:
    '👍 yes thumbs up good|👎 no thumbs down|👏 clap applause|🙌 hooray hands|🙏 thanks please|💪 strong muscle|👋 wave hello bye|🤝 deal handshake|✌️ peace victory|👌 ok|🫶 heart hands|🤙 call|👀 eyes look|🧠 brain|🏃 run|🚴 bike cycle|🧗 climb|🏊 swim|🧘 yoga rest|🕺 dance|🙋 me raise hand|🤷 shrug dunno|🤦 facepalm|🧑‍⚕️ doctor physio|👶 baby|🧑‍🍳 cook',
  sport:
    '⚽ football soccer ball|🏀 basketball|🏈 american football|🏐 volleyball|🎾 tennis|🏓 table tennis|🏸 badminton|🥅 goal|🧤 keeper gloves|👟 shoes boots|🏆 cup trophy win|🥇 gold first|🥈 silver second|🥉 bronze third|🎽 bib vest|⛳ golf|🥊 boxing|🛹 skate|⛸️ ice skate|🎿 ski|🚣 row|♟️ chess|🎲 dice board game|🃏 cards|🎯 dart target|🎮 game|🏟️ stadium|📣 cheer shout|🟥 red card|🟨 yellow card|⏱️ stopwatch',
  things:
    '🎉 party tada|🎂 cake birthday|🍻 beer cheers|☕ coffee|🍕 pizza|🍌 banana|🥪 sandwich|💧 water|🚗 car lift|🚌 bus|🚆 train|📍 place pin|📅 date calendar|⏰ alarm time|📷 photo camera|🎥 film video|🎵 music|🔦 torch headlamp|🩹 plaster|🎒 bag|🧢 cap|🧦 socks|💶 money euro|🔑 key|📌 pin|✏️ write|📎 clip|💡 idea|🔔 bell|🗳️ vote',
  nature:
    '☀️ sun|⛅ cloud|🌧️ rain|⛈️ storm thunder|❄️ snow|🌬️ wind|🌈 rainbow|🔥 fire hot|💦 splash|🌱 grow|🌳 tree|🌻 flower|🍀 luck clover|🐶 dog|🐱 cat|🦊 fox|🐐 goat best|🦁 lion|🐢 slow turtle|🐎 horse fast|🌙 moon night|⭐ star|⚡ lightning fast|🏔️ mountain',
  signs:
    '❤️ heart love|🧡 orange heart|💛 yellow heart|💚 green heart|💙 blue heart|💜 purple heart|🖤 black heart|🤍 white heart|💔 broken heart|✅ done check|❌ no cross|➕ plus one|❓ question|❗ exclamation|💯 hundred|🚫 forbidden|⚠️ warning|⬆️ up|⬇️ down|🆗 ok|🆕 new|🔴 red|🟢 green|🔵 blue|🏁 finish|🏳️‍🌈 pride',
}

export interface Emoji {
  emoji: string
  name: string
}

/** The picker's own small set: what clubs say, by groups, each with the words one looks for. */
export const EMOJIS: readonly (readonly [EmojiGroup, readonly Emoji[]])[] = (
  Object.entries(SOURCE) as [EmojiGroup, string][]
).map(([group, line]) => [
  group,
  line.split('|').map((entry) => {
    const [emoji = '', ...words] = entry.split(' ')
    return { emoji, name: words.join(' ') }
  }),
])

export function found(text: string): readonly Emoji[] {
  const wanted = text.trim().toLocaleLowerCase().split(/\s+/)
  return EMOJIS.flatMap(([, all]) => all).filter(({ name }) => {
    const words = name.split(' ')
    return wanted.every((begun) => words.some((word) => word.startsWith(begun)))
  })
}

const KEY = 'emoji:recent'
const KEPT = 8

export const recent = (): readonly string[] => (localStorage.getItem(KEY) ?? '').split(' ').filter(Boolean)

export function used(emoji: string) {
  const all = [emoji, ...recent().filter((other) => other !== emoji)]
  localStorage.setItem(KEY, all.slice(0, KEPT).join(' '))
}
