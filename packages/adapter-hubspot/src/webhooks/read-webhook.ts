import { eventsOf, type HubSpotEvent } from './events.ts'
import { checkSignature, type SignatureCheck, type SignatureOptions, type SignedRequest } from './signature.ts'

/** Whose events count. */
export interface WebhookOptions extends SignatureOptions {
  /** Ids of the portals that are governed here: one signature is good for every portal that the app is installed in. */
  readonly portals: readonly string[]
  /** Longest body that is read, in bytes. @default 1000000 */
  readonly maxBytes?: number
}

/** What to answer HubSpot, and what to do. `reason` is for a log: it says nothing of what was sent. */
export type WebhookVerdict =
  | {
      readonly status: 204
      /** In order of their instants, each once in this request; HubSpot may send them again in another. */
      readonly events: readonly HubSpotEvent[]
      /** Events that could not be read, or are of another portal. */
      readonly passedOver: number
    }
  | {
      readonly status: 400 | 401 | 413
      readonly reason: Exclude<SignatureCheck, 'valid'> | 'too_large' | 'no_list'
      readonly events: readonly []
    }

/**
 * Reads a webhook: a pure function of the raw request. Nothing of a body is looked at before its signature was. Put what it answers where it lasts, answer with `status` within five seconds, and
 * judge afterwards: HubSpot sends a request again when it was not answered in time, in any order, for a day.
 *
 * @throws InvalidInputError when there is no secret to check with
 * @example
 * ```ts
 * const unsigned = { method: 'POST', url: 'https://kag.example/hubspot', headers: {}, body: '[]' }
 * readWebhook(unsigned, { secrets: 'secret', portals: ['12345678'], now: 0 }) // => { status: 401, reason: 'unsigned', events: [] }
 * ```
 */
export function readWebhook(request: SignedRequest, options: WebhookOptions): WebhookVerdict {
  const { portals, maxBytes = 1_000_000 } = options
  if (bytesOf(request.body) > maxBytes) return { status: 413, reason: 'too_large', events: [] }
  const check = checkSignature(request, options)
  if (check !== 'valid') return { status: 401, reason: check, events: [] }
  const body = typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body)
  const read = eventsOf(body)
  if (read === null) return { status: 400, reason: 'no_list', events: [] }
  const events = read.events.filter(({ portalId }) => portals.includes(portalId))
  return { status: 204, events, passedOver: read.unreadable + read.events.length - events.length }
}

/** Of a text its bytes on the wire: a Chinese character has three. */
const bytesOf = (body: SignedRequest['body']): number => (typeof body === 'string' ? Buffer.byteLength(body) : body.length)
