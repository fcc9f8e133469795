import { filedDocuments } from '../documents.ts'
import { perform, type Result } from '../perform.ts'
import type { Request } from '../plan.ts'
import { personalTexts } from '../personal-texts.ts'
import { preview } from '../preview.ts'
import { refuseBarredReader } from '../readers.ts'
import type { Runtime } from '../runtime.ts'
import { optionsFor, viewInstance, type InstanceView } from '../view.ts'
import type { SendOptions, WorkflowApi } from '../workflow-api.ts'
import { knownActor, knownCommand, knownId, knownKey, knownVersion, notOpening } from '../known-input.ts'

/** What the verbs of every kind are made of. */
export interface Verbs {
  readonly runtime: Runtime
  /** The caller's idempotency key, or a new one. */
  readonly key: (given: string | undefined) => string
  /** A checked request for an instance. */
  readonly request: (kind: string, id: string, command: unknown, options: SendOptions) => Request
  readonly perform: (request: Request) => Promise<Result>
  /** send, get, options, preview and history of a kind. */
  readonly api: <Input, Context>(kind: string) => WorkflowApi<Input, Context>
}

/** `key`: checks the caller's idempotency key; only the runtime itself may use keys of its own. */
export function createVerbs(
  runtime: Runtime,
  key = (given: string | undefined): string => knownKey(given, runtime.host.newId),
): Verbs {
  const request = (kind: string, id: string, command: unknown, o: SendOptions): Request => ({
    kind,
    id: knownId(id),
    command: knownCommand(kind, command),
    actor: knownActor((o as Partial<SendOptions> | undefined)?.actor),
    idempotencyKey: key(o.idempotencyKey),
    ...(o.onBehalfOf === undefined ? {} : { onBehalfOf: knownActor(o.onBehalfOf, 'onBehalfOf') }),
    ...(o.expectedVersion === undefined ? {} : { expectedVersion: knownVersion(o.expectedVersion) }),
  })
  const api = <Input, Context>(kind: string): WorkflowApi<Input, Context> => ({
    send: async (id, command, o) => perform(runtime, request(kind, id, notOpening(kind, command), o)),
    get: async (id, reader) => {
      await refuseBarredReader(runtime, kind, knownId(id), reader)
      return (await viewInstance(runtime, kind, id)) as InstanceView<Context> | null
    },
    options: async (id, o) => optionsFor(runtime, kind, knownId(id), knownActor((o as Partial<SendOptions> | undefined)?.actor)),
    preview: async (id, command, o) => preview(runtime, request(kind, id, notOpening(kind, command), o)),
    history: async function* (id, reader) {
      await refuseBarredReader(runtime, kind, knownId(id), reader)
      yield* runtime.store.history(id)
    },
    documents: async (id, reader) => {
      await refuseBarredReader(runtime, kind, knownId(id), reader)
      return filedDocuments(runtime, kind, id)
    },
    personalTexts: async (id, reader) => {
      await refuseBarredReader(runtime, kind, knownId(id), reader)
      return personalTexts(runtime, kind, id)
    },
  })
  return { runtime, key, request, perform: (r) => perform(runtime, r), api }
}
