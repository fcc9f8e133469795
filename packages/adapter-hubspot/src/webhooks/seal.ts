import { createHmac, timingSafeEqual } from 'node:crypto'
import { InvalidInputError } from '@ka-governance/core'
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

/** The seal of a command's properties, by the first secret. */
export function sealOf(
  { secrets, names }: { readonly secrets: readonly string[]; readonly names: Names },
  properties: { readonly [name: string]: string | null | undefined },
): string {
  return digest(secrets[0] ?? '', names, properties).toString('hex')
}

/** Whether a command stands as it was left; any of the secrets will do. */
export function isSealed(
  { secrets, names }: { readonly secrets: readonly string[]; readonly names: Names },
  properties: { readonly [name: string]: string | null | undefined },
): boolean {
  const seal = properties[names.property('command', 'seal')] ?? ''
  if (!/^[0-9a-f]{64}$/.test(seal)) return false
  const given = Buffer.from(seal, 'hex')
  return secrets.filter((secret) => timingSafeEqual(given, digest(secret, names, properties))).length > 0
}

/** Each part with its length, so that none can be taken for another. A number may come back put otherwise. */
function digest(secret: string, names: Names, properties: { readonly [name: string]: string | null | undefined }): Buffer {
  const hmac = createHmac('sha256', secret)
  for (const name of sealed) {
    const value = properties[names.property('command', name)] ?? ''
    const text = (name === 'expected_seq' || name === 'at_ms') && value !== '' ? String(Number(value)) : value
    hmac.update(`${String(text.length)}:${text}`)
  }
  return hmac.digest()
}

/** @throws InvalidInputError where there is none, or an empty one: everybody could seal then */
export function sealSecrets(secret: string | readonly string[]): readonly string[] {
  const secrets = typeof secret === 'string' ? [secret] : secret
  if (secrets.length === 0 || secrets.some((each) => each === ''))
    throw new InvalidInputError('options of the inbox', [
      {
        path: 'inbox.secret',
        code: 'missing',
        message: 'there is no secret, or an empty one',
        remedy: 'make a long random text, and give it to the store and to the intake',
      },
    ])
  return secrets
}
