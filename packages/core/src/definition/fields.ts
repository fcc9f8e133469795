import { z } from 'zod'
import { formats, objection } from '../policy/index.ts'

/** Free text of a form: something but white space, at most `max` characters, no unpaired surrogates or control characters (they cannot be hashed or shown). */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((s) => s.trim().length > 0, objection('blank', {}))
    .refine((s) => s.isWellFormed() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(s), objection('unprintable', {}))

/** An id that the policy defines. */
export const id = z.string().regex(/^[a-z][A-Za-z0-9-]{0,39}$/, formats.id)
/** Somebody who can act, sit or be told: the runtime itself is nobody. */
export const personId = text(80).refine((person) => person !== 'system', objection('theSystem', {}))

/** Epoch milliseconds between 1990 and 2199. */
export const instant = z.number().int().min(631_152_000_000, formats.instant).max(7_258_118_400_000, formats.instant)

/** SHA-256, as hex digits. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/, formats.sha256)
/** Number of a policy's version. */
export const version = z.string().regex(/^\d{1,6}(\.\d{1,6}){0,2}$/, formats.version)
/** Id of an instance. */
export const instanceId = z.string().regex(/^[a-z0-9-]{1,80}$/, formats.instanceId)

/** Attachments: where it is and what it hashes to; or a reference such as a letter's number. */
export const evidence = z
  .array(
    z.strictObject({
      uri: text(1000),
      sha256: hash.optional(),
    }),
  )
  .min(1)
  .max(50)

/** An amount of money in integer minor units, as the policy's parser gives it. */
export const money = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, formats.currency),
  minor: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
})

/** Names that stand in a list before, each as often as it is repeated. */
export function repeated(names: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  return names.filter((name) => seen.size === seen.add(name).size)
}
