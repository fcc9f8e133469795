import type { ChildCommand } from '../definition/actions.ts'
import type { AnyCommand } from '../definition/define-workflow.ts'
import type { Effect, PersonalDocument } from '../ports/index.ts'
import { openTexts } from './personal.ts'
import type { Request } from './plan.ts'
import { definitionOf, type Runtime } from './runtime.ts'

/** The request that a `command` effect stands for; its idempotency key is the effect's id, so that it is carried out once. */
export function childRequest(
  parent: { readonly id: string; readonly onBehalfOf?: string | undefined },
  effect: Effect,
  runtime: Runtime,
): Request {
  const { kind, instanceId, command } = effect.params as unknown as ChildCommand
  const forWhom = parent.id === 'system' ? parent.onBehalfOf : parent.id
  return {
    kind,
    id: instanceId ?? openedId(kind, effect.id, runtime),
    command,
    actor: 'system',
    ...(forWhom === undefined ? {} : { onBehalfOf: forWhom }),
    idempotencyKey: effect.id,
  }
}

/** A child's command with the texts that its parent's tokens stand for: the child seals them anew, so that erasing is one instance's matter. */
export async function openRequest(
  runtime: Runtime,
  parentId: string,
  request: Request,
  pending: readonly PersonalDocument[] = [],
): Promise<Request> {
  return { ...request, command: await openTexts(runtime, parentId, request.command as AnyCommand, pending) }
}

/** Id of an instance that a command opens: follows from kind and idempotency key, so that a retried `open` finds the first one. */
export function openedId(kind: string, idempotencyKey: string, runtime: Runtime): string {
  return `${definitionOf(kind).prefix}-${runtime.host.sha256(`${kind}\n${idempotencyKey}`).slice(0, 20)}`
}
