import type { Refusal } from '../errors/index.ts'
import { systemActor, type Actor } from '../definition/define-workflow.ts'
import type { Runtime } from './runtime.ts'

/**
 * Who acts, with roles from the directory: resolved, never asserted by the caller. On behalf of another person only with a dated delegation to the
 * actor; the roles are then that person's, and both names go into the journal.
 */
export async function resolveActor(
  runtime: Runtime,
  id: string,
  onBehalfOf: string | undefined,
  accountId: string,
  at: number,
): Promise<{ readonly actor: Actor; readonly refusal: Refusal | null }> {
  if (id === systemActor.id)
    return { actor: { ...systemActor, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) }, refusal: null }
  const scope = accountId === '' ? {} : { accountId }
  if (onBehalfOf === undefined) return { actor: { id, roles: await runtime.directory.rolesOf(id, scope, at) }, refusal: null }
  const delegated = (await runtime.directory.delegations(id, at)).some(
    (d) => d.from === onBehalfOf && d.since <= at && at < d.until,
  )
  const roles = delegated ? await runtime.directory.rolesOf(onBehalfOf, scope, at) : []
  return {
    actor: { id, roles, onBehalfOf },
    refusal: delegated
      ? null
      : {
          code: 'delegation_invalid',
          rule: 'mayActForAnother',
          clause: 'I-17',
          required: { from: onBehalfOf, to: id },
          actual: null,
        },
  }
}
