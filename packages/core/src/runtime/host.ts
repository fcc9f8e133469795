import { sha256Hex } from '../rules/index.ts'

/** What a host may replace. The only file of core that may touch the world: purity lint is off here and nowhere else. */
export interface Host {
  /** Epoch milliseconds now; parts of one are left out. */
  readonly clock: () => number
  /** A fresh idempotency key. */
  readonly newId: () => string
  /** A fresh random text of at least 128 bits that nobody can guess: the salt of a personal document. Never derived from the text or from a counter. */
  readonly newSalt: () => string
  /** Hex sha-256 of a text's UTF-8 bytes. */
  readonly sha256: (text: string) => string
}

interface NodeCrypto {
  readonly hash?: (algorithm: string, data: string, encoding: 'hex') => string
}

/** Node's own sha-256 where there is one (it is several times faster), else the portable one. */
function bestSha256(): (text: string) => string {
  const host = globalThis as { process?: { getBuiltinModule?: (name: string) => NodeCrypto | undefined } }
  const native = host.process?.getBuiltinModule?.('node:crypto')?.hash
  return native ? (text) => native('sha256', text, 'hex') : sha256Hex
}

interface WebCrypto {
  readonly randomUUID: () => string
  readonly getRandomValues: (bytes: Uint8Array) => Uint8Array
}

const webCrypto = (): WebCrypto => (globalThis as unknown as { crypto: WebCrypto }).crypto

/** The defaults of {@link Host}. */
export const defaultHost: Host = {
  clock: () => Date.now(),
  newId: () => webCrypto().randomUUID(),
  newSalt: () => [...webCrypto().getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  sha256: bestSha256(),
}
