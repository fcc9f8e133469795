import { InvalidInputError, type JsonValue } from '../../errors/index.ts'
import type { ChildCommand } from '../../definition/actions.ts'
import { findDrift, type Drift, type DriftQuery } from '../drift.ts'
import type { Result } from '../perform.ts'
import { definitions } from '../runtime.ts'
import type { SendOptions } from '../workflow-api.ts'
import type { Verbs } from './verbs.ts'

/** How a drift is answered. */
export interface ResolveDriftOptions extends SendOptions {
  /**
   * `repair`: the record shows what is governed again. `accept`: it does, too, and what it showed is brought before those who decide: of a tier the review that was left out is opened.
   * Nothing is accepted that nobody decides about.
   */
  readonly decision: 'repair' | 'accept'
  readonly reason: string
  /** Of `accept`: only these fields, as the CRM names them; the others are repaired. Default all. */
  readonly fields?: readonly string[]
}

/** What became of it; `opened`: ids of what an accepted drift opens. The next sweep, or `effects.deliver`, opens them. */
export type ResolvedDrift = Result & { readonly opened: readonly string[] }

/** Verbs on what was changed around the process: in the CRM, past the SDK [GOV-06]. */
export interface DriftVerbs {
  /**
   * Instances whose visible records show something else than their journals say, streamed in the order of their ids, with what each change would have needed. What is only behind, or refused by
   * an admin's rule, is none. Reads everything that the query means; writes nothing.
   *
   * @throws InvalidInputError `invalid_input` when the store cannot tell.
   */
  readonly find: (query?: DriftQuery) => AsyncIterable<Drift>
  /** Answers a drift, as found, by a journaled command. Refused when it has changed meanwhile, or is gone. */
  readonly resolve: (drift: Pick<Drift, 'instanceId' | 'kind' | 'basis'>, options: ResolveDriftOptions) => Promise<ResolvedDrift>
}

export const driftVerbs = ({ runtime, request, perform }: Verbs): DriftVerbs => ({
  find: (query = {}) => findDrift(runtime, query),
  resolve: async (drift, { decision, reason, fields, ...o }) => {
    const { instanceId, kind, basis } = known(drift)
    const command = { type: 'resolveDrift', decision, basis, reason, ...(fields === undefined ? {} : { fields: [...fields] }) }
    const result = await perform(request(kind, instanceId, command, o))
    return { ...result, opened: result.ok ? openedBy(result.entry.effects) : [] }
  },
})

/** Ids of what the commands of an entry open. */
function openedBy(effects: readonly { readonly type: string; readonly params: JsonValue }[]): readonly string[] {
  return effects.flatMap(({ type, params }) => {
    if (type !== 'command') return []
    const { command, instanceId } = params as unknown as ChildCommand
    const id = command['instanceId'] ?? instanceId
    return typeof id === 'string' ? [id] : []
  })
}

function known(drift: unknown): Pick<Drift, 'instanceId' | 'kind' | 'basis'> {
  const { instanceId, kind, basis } = (drift ?? {}) as Partial<Drift>
  if (typeof instanceId === 'string' && typeof kind === 'string' && Object.hasOwn(definitions, kind) && typeof basis === 'string')
    return { instanceId, kind, basis }
  throw new InvalidInputError('drift', [{ path: '', code: 'shape', message: 'no drift', remedy: 'pass what drift.find() told' }])
}
