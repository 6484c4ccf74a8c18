/** One fault in what was sent: `pointer` is a JSON pointer into the body, such as "/email". */
export interface FieldFault {
  pointer: string
  detail: string
}

/** The wire shape of RFC 9457, as HTTP answers and socket acks carry it. */
export interface ProblemBody {
  type?: string
  title?: string
  status?: number
  detail?: string
  errors?: FieldFault[]
  code?: string
  trace_id?: string
  retry_after?: number
}

/** A refusal with one sentence a member can read (`message`). Network failures are one too, with status 0. */
export class Problem extends Error {
  readonly type: string
  /** The stable short name of the outcome, such as "event_full". */
  readonly code: string
  readonly status: number
  readonly title: string
  readonly errors: readonly FieldFault[]
  readonly traceId: string | undefined
  /** Seconds to wait before asking again, when the server named them. */
  readonly retryAfter: number | undefined

  constructor(body: ProblemBody, retryAfter?: number) {
    super(body.detail ?? body.title ?? 'Something went wrong on our side. Try again in a moment.')
    this.name = 'Problem'
    this.type = body.type ?? 'about:blank'
    this.code = body.code ?? this.type.split(/[/:]/).pop() ?? ''
    this.status = body.status ?? 500
    this.title = body.title ?? 'Something went wrong'
    this.errors = body.errors ?? []
    this.traceId = body.trace_id
    this.retryAfter = retryAfter ?? body.retry_after
  }

  static offline(): Problem {
    return new Problem({
      type: 'offline',
      status: 0,
      title: 'No connection',
      detail: 'The hub cannot be reached. Check your connection and try again.',
    })
  }

  get isOffline(): boolean {
    return this.status === 0
  }

  is(code: string): boolean {
    return this.code === code
  }

  /** The sentence for the first field at fault, or for all of it. */
  get firstFault(): string {
    return this.errors[0]?.detail ?? this.message
  }

  /** The sentence for one field of a form, by the name of its last pointer part. */
  fault(field: string): string | undefined {
    return this.errors.find((error) => error.pointer.split('/').pop() === field)?.detail
  }
}

/** Seconds from a Retry-After header: a number, or an HTTP date read against `now` (ms). */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return Math.max(0, seconds)
  const until = Date.parse(header)
  return Number.isNaN(until) ? undefined : Math.max(0, Math.ceil((until - now) / 1000))
}

/** Reads an answer that is not ok. Whatever it holds, a Problem comes out. */
export async function readProblem(response: Response, now: number): Promise<Problem> {
  const retryAfter = readRetryAfter(response.headers.get('Retry-After'), now)
  const body = await response.json().catch(() => undefined)
  const isObject = typeof body === 'object' && body !== null
  return new Problem({ ...(isObject ? (body as ProblemBody) : {}), status: response.status }, retryAfter)
}

export function asProblem(reason: unknown): Problem {
  return reason instanceof Problem ? reason : new Problem({ status: 500 })
}
