/** The few things we ask of IndexedDB, as promises. One database, one object store per name, keys inside the values. */
export interface Table<T> {
  put: (value: T) => Promise<void>
  get: (key: string) => Promise<T | undefined>
  delete: (key: string) => Promise<void>
  /** All values, sorted by key. */
  all: () => Promise<T[]>
  clear: () => Promise<void>
}

const TABLES = { outbox: 'client_id', drafts: 'room_id', kept: 'key' } as const
export type TableName = keyof typeof TABLES

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('The browser refused its storage.'))
  })
}

function open(database: string): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1)
  request.onupgradeneeded = () => {
    for (const [name, keyPath] of Object.entries(TABLES)) request.result.createObjectStore(name, { keyPath })
  }
  return settled(request)
}

/** Opens at the first use. When the browser closed the database (an upgrade, a wiped profile), opens again. */
export function openTables(database = 'clubholohub') {
  let opened: Promise<IDBDatabase> | undefined
  const connect = () => {
    opened ??= open(database).then(
      (db) => {
        db.onversionchange = () => db.close()
        db.onclose = () => (opened = undefined)
        return db
      },
      (reason: unknown) => {
        opened = undefined
        throw reason
      },
    )
    return opened
  }

  return function table<T>(name: TableName): Table<T> {
    const store = async (mode: IDBTransactionMode) =>
      (await connect()).transaction(name, mode).objectStore(name)
    return {
      put: async (value) => void (await settled((await store('readwrite')).put(value))),
      get: async (key) => settled((await store('readonly')).get(key) as IDBRequest<T | undefined>),
      delete: async (key) => void (await settled((await store('readwrite')).delete(key))),
      all: async () => settled((await store('readonly')).getAll() as IDBRequest<T[]>),
      clear: async () => void (await settled((await store('readwrite')).clear())),
    }
  }
}

export const table = openTables()
