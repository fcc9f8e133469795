import { createHmac, timingSafeEqual } from 'node:crypto'
import { InvalidInputError } from '@ka-governance/core'

/** A request as it came in, before anything parsed it. */
export interface SignedRequest {
  readonly method: string
  /** The address that HubSpot called, with scheme, host and query: behind a proxy not the one that the server sees. */
  readonly url: string
  readonly headers: Headers | { readonly [name: string]: string | readonly string[] | undefined }
  /** To the byte. A text is taken as UTF-8. */
  readonly body: string | Uint8Array
}

/** Whom to believe, and for how long. */
export interface SignatureOptions {
  /** The client secret of the app; several while one is being replaced. */
  readonly secrets: string | readonly string[]
  /** Epoch milliseconds. */
  readonly now: number
  /** How old a request may be, milliseconds: HubSpot's own advice. @default 300000 */
  readonly maxAgeMs?: number
  /** How far its clock may be ahead of ours, milliseconds. @default 60000 */
  readonly maxAheadMs?: number
}

/** What is wrong with a signature; `valid`: nothing. */
export type SignatureCheck = 'valid' | 'unsigned' | 'malformed' | 'too_old' | 'ahead' | 'wrong'

/** What HubSpot decodes of an address before it signs it, and nothing else. */
const decoded: { readonly [code: string]: string } = {
  '3a': ':',
  '2f': '/',
  '3f': '?',
  '40': '@',
  '21': '!',
  '24': '$',
  '27': "'",
  '28': '(',
  '29': ')',
  '2a': '*',
  '2c': ',',
  '3b': ';',
}

/**
 * Checks version 3 of HubSpot's signature: the HMAC of method, address, body and instant. The time window has two ends, an instant that is no whole number is none, and the
 * comparison takes the same time wherever the first difference is.
 *
 * @throws InvalidInputError when there is no secret to check with: an empty one would let everybody sign
 * @example
 * ```ts
 * import { createHmac } from 'node:crypto'
 *
 * const [url, body, at] = ['https://kag.example/hubspot', '[]', 1_767_575_000_000]
 * const signature = createHmac('sha256', 'secret').update(`POST${url}${body}${String(at)}`).digest('base64')
 * const headers = { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': String(at) }
 * checkSignature({ method: 'POST', url, headers, body }, { secrets: 'secret', now: at + 1000 }) // => 'valid'
 * checkSignature({ method: 'POST', url, headers, body: '[1]' }, { secrets: 'secret', now: at + 1000 }) // => 'wrong'
 * ```
 */
export function checkSignature(request: SignedRequest, options: SignatureOptions): SignatureCheck {
  const { now, maxAgeMs = 300_000, maxAheadMs = 60_000 } = options
  const secrets = secretsOf(options.secrets)
  const [signature, timestamp] = ['x-hubspot-signature-v3', 'x-hubspot-request-timestamp'].map((name) => headerOf(request, name))
  if (signature == null || timestamp == null) return 'unsigned'
  if (!/^\d{1,15}$/.test(timestamp) || !/^[A-Za-z0-9+/]{43}=$/.test(signature)) return 'malformed'
  const at = Number(timestamp)
  // Put so that a clock or a window that is no number lets nothing in.
  if (!(now - at <= maxAgeMs)) return 'too_old'
  if (!(at - now <= maxAheadMs)) return 'ahead'
  const given = Buffer.from(signature, 'base64')
  const uri = request.url.replaceAll(/%([0-9a-f]{2})/gi, (whole, code: string) => decoded[code.toLowerCase()] ?? whole)
  // All are tried, so that the time does not tell which one fits.
  const fitting = secrets.filter((secret) =>
    timingSafeEqual(
      given,
      createHmac('sha256', secret)
        .update(request.method.toUpperCase() + uri)
        .update(request.body)
        .update(timestamp)
        .digest(),
    ),
  )
  return fitting.length > 0 ? 'valid' : 'wrong'
}

/** @throws InvalidInputError */
export function secretsOf(secrets: SignatureOptions['secrets']): readonly string[] {
  const list = typeof secrets === 'string' ? [secrets] : secrets
  if (list.length === 0 || list.some((secret) => secret === ''))
    throw new InvalidInputError('options of the webhook', [
      {
        path: 'secrets',
        code: 'missing',
        message: 'there is no client secret, or an empty one',
        remedy: 'give the client secret of the app, from its settings in HubSpot',
      },
    ])
  return list
}

/** A header that came once; of several nobody knows which one was meant. */
function headerOf({ headers }: SignedRequest, name: string): string | null {
  if (headers instanceof Headers) return headers.get(name)
  const values = Object.entries(headers).flatMap(([key, value]) =>
    key.toLowerCase() === name && value !== undefined ? value : [],
  )
  return values.length === 1 ? (values[0] ?? null) : null
}
