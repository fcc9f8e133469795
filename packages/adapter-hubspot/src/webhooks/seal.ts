import { createHmac, timingSafeEqual } from 'node:crypto'
import { InvalidInputError, type Finding } from '@ka-governance/core'
import type { Names, PropertyName } from '../schema.ts'

/** What was asked: whoever edits one of these in the portal asks for something else, in somebody's name. */
const sealed = [
  'command_key',
  'kind',
  'instance_id',
  'command',
  'payload',
  'expected_seq',
  'on_behalf_of',
  'locale',
  'actor',
  'at_ms',
] as const satisfies readonly PropertyName<'command'>[]

/** What seals are made and known by. */
export interface Seals {
  readonly secrets: readonly string[]
  /** Id of the portal: what was asked in one is not asked in another, whoever copies the record. */
  readonly portal: string
  readonly names: Names
}

/** The seal of a command's properties, by the first secret. */
export function sealOf(seals: Seals, properties: { readonly [name: string]: string | null | undefined }): string {
  return digest(seals.secrets[0] ?? '', seals, properties).toString('hex')
}

/** Whether a command stands as it was left; any of the secrets will do. */
export function isSealed(seals: Seals, properties: { readonly [name: string]: string | null | undefined }): boolean {
  const seal = properties[seals.names.property('command', 'seal')] ?? ''
  if (!/^[0-9a-f]{64}$/.test(seal)) return false
  const given = Buffer.from(seal, 'hex')
  return seals.secrets.filter((secret) => timingSafeEqual(given, digest(secret, seals, properties))).length > 0
}

/** Each part with its length, so that none can be taken for another. A number may come back put otherwise. */
function digest(
  secret: string,
  { portal, names }: Seals,
  properties: { readonly [name: string]: string | null | undefined },
): Buffer {
  const hmac = createHmac('sha256', secret).update(`${String(portal.length)}:${portal}`)
  for (const name of sealed) {
    const value = properties[names.property('command', name)] ?? ''
    const text = (name === 'expected_seq' || name === 'at_ms') && value !== '' ? String(Number(value)) : value
    hmac.update(`${String(text.length)}:${text}`)
  }
  return hmac.digest()
}

/** What the store and the intake are given, so that one knows what the other has sealed. */
export interface SealOptions {
  /** The same for both; several while one is being replaced. The first one seals. */
  readonly secret: string | readonly string[]
  /** Id of the portal, as webhooks and the settings of the account tell it, e.g. `12345678`. */
  readonly portal: string
}

/** @throws InvalidInputError where there is no secret, or an empty one: everybody could seal then; or no id of a portal */
export function sealsOf({ secret, portal }: SealOptions, names: Names): Seals {
  const secrets = typeof secret === 'string' ? [secret] : secret
  const findings: Finding[] = []
  if (secrets.length === 0 || secrets.some((each) => each === ''))
    findings.push({
      path: 'inbox.secret',
      code: 'missing',
      message: 'there is no secret, or an empty one',
      remedy: 'make a long random text, and give it to the store and to the intake',
    })
  // Events tell it as text: a number would be that of no event.
  if (typeof portal !== 'string' || !/^\d{1,20}$/.test(portal))
    findings.push({
      path: 'inbox.portal',
      code: 'format',
      message: 'no id of a portal',
      remedy: 'give the number of the account as text, the same to the store and to the intake',
    })
  if (findings.length > 0) throw new InvalidInputError('options of the inbox', findings)
  return { secrets, portal, names }
}
