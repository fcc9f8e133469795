import { GovernanceError } from '../errors/index.ts'
import { loadInstance } from './plan.ts'
import { definitionOf, type Runtime } from './runtime.ts'

/** For whom something is read. Whoever is named in a complaint is kept from its records as from its acts [CON-01]. */
export interface Reader {
  /** Id of the person. */
  readonly actor: string
}

/** @throws GovernanceError `forbidden` when the reader is barred from the instance. Without a reader the host answers for who sees what. */
export async function refuseBarredReader(runtime: Runtime, kind: string, id: string, reader: Reader | undefined): Promise<void> {
  if (reader === undefined) return
  const { actor } = reader
  const loaded = await loadInstance(runtime, kind, id)
  if (loaded === null || !(definitionOf(kind).barred?.(loaded.instance.context) ?? []).includes(actor)) return
  throw new GovernanceError('forbidden', `${actor} is named in ${id} and is kept from its records`, {
    details: { instanceId: id, actor, clause: 'CON-01' },
    actions: ['Ask the head of the KA department.'],
  })
}
