// Links of cases with their company and their ticket or deal, by labels of ours, so that people get from one to the other. They decide nothing: sweeps make them, no
// command waits for one, and what the portal refuses stays without.
import { StoreError } from '@ka-governance/core'
import { forAll } from '../batches.ts'
import type { HubSpotClient, HubSpotRecord } from '../client.ts'
import { casesOf } from '../journal.ts'
import { associationsOf, type AssociationDefinition } from '../metadata/definitions.ts'
import { labelIn } from '../metadata/differences.ts'
import { readLabels } from '../metadata/portal.ts'
import { textIn } from '../records.ts'
import { canIdentify, recordId, typeNamed } from '../schema.ts'
import { searched } from '../searches.ts'
import { createKnownEntries, type StoreTools } from '../tools.ts'

/** Entries that one sweep looks at: as many as it settles. */
const most = 1000

/** Links that are refused one by one; with more of them it is none of theirs that is wrong, and sweeps ask again for as long as their entries are marked. */
const mostRefused = 10

/** The way to links. Never throws for HubSpot's sake: where it is not there, the next sweep of this process tries again. Both answer the instances of which a record or a label is missing. */
export interface CaseLinks {
  /** Links the cases of entries that no sweep has settled. */
  readonly linkMarked: () => Promise<readonly string[]>
  /** Links cases; twice is as good as once. */
  readonly link: (instanceIds: readonly string[]) => Promise<readonly string[]>
}

export function createCaseLinks(tools: StoreTools): CaseLinks {
  const { client, mapping, activities } = tools
  const { names } = mapping
  const associations = activities.isHosted ? [] : associationsOf(mapping, 'en')
  // A process links each instance once: what people unlink later stays so.
  const linked = createKnownEntries()
  /** Those that HubSpot was not there for: by the next sweep their entries may be settled. */
  let waiting: readonly string[] = []
  const idOf = (record: HubSpotRecord): string => textIn(names, 'case', record, 'instance_id')

  async function link(instanceIds: readonly string[]): Promise<readonly string[]> {
    if (instanceIds.length === 0) return []
    try {
      const cases = (await casesOf(tools, instanceIds, ['instance_id', 'kind', 'account_id'])).filter((each) => each !== null)
      const whole = new Set(cases.map(idOf))
      for (const definition of associations) for (const id of await linkAll(definition, cases)) whole.delete(id)
      for (const id of whole) linked.note(id, 1)
      return instanceIds.filter((id) => !whole.has(id))
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      // What this token may not is for check() to tell, and no better the next time.
      if (error.retryable) waiting = [...waiting, ...instanceIds].slice(-most)
      return []
    }
  }

  /** Links cases with records of one type; answers the instances that could not be, because the record or the label is not there. */
  async function linkAll(definition: AssociationDefinition, cases: readonly HubSpotRecord[]): Promise<readonly string[]> {
    const { from, to } = definition
    const targets = await targetsOf(tools, to, cases)
    const wanted = cases.filter((_, k) => targets[k] !== null)
    const label = wanted.length === 0 ? undefined : labelIn(await readLabels(client, `p_${from}`, to), definition)
    if (label === undefined) return wanted.map(idOf)
    const inputs = cases.flatMap(({ id }, k) => {
      const target = targets[k] ?? null
      return target === null || target === 'absent' ? [] : [linkOf(id, target.id, label.typeId)]
    })
    await write(client, `/crm/associations/{version}/p_${from}/${to}/batch/create`, inputs)
    return cases.filter((_, k) => targets[k] === 'absent').map(idOf)
  }

  /** Instances with entries that no sweep has settled. */
  async function marked(): Promise<readonly string[]> {
    const filters = [{ propertyName: names.property('event', 'unsettled'), operator: 'EQ', value: 'true' }] as const
    const ids: string[] = []
    try {
      for await (const event of searched(tools, 'event', { filters, by: 'entry_at', columns: ['instance_id'] })) {
        ids.push(textIn(names, 'event', event, 'instance_id'))
        if (ids.length >= most) break
      }
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
    }
    return ids
  }

  return {
    link,
    linkMarked: async () => {
      if (associations.length === 0) return []
      const ids = new Set([...waiting, ...(await marked())])
      waiting = []
      return link([...ids].filter((id) => !linked.has(id, 1)))
    },
  }
}

/** The record of a type that each case is linked with; `absent`: it should have one; `null`: it has none of this type. */
async function targetsOf(
  { client, mapping }: StoreTools,
  type: AssociationDefinition['to'],
  cases: readonly HubSpotRecord[],
): Promise<readonly (HubSpotRecord | 'absent' | null)[]> {
  const { names, accounts, records } = mapping
  const asked = cases.map((record): { readonly by: string; readonly value: string } | null => {
    const [kind, account] = [textIn(names, 'case', record, 'kind'), textIn(names, 'case', record, 'account_id')]
    if (type === 'companies' && typeNamed(accounts.type) === type)
      return account === '' ? null : { by: accounts.id, value: account }
    const mapped = Object.hasOwn(records, kind) ? records[kind] : undefined
    return mapped === undefined || mapped.by === 'accountId' || typeNamed(mapped.type) !== type
      ? null
      : { by: mapped.by.unique, value: textIn(names, 'case', record, 'instance_id') }
  })
  const found = new Map<string, HubSpotRecord>()
  for (const by of new Set(asked.flatMap((each) => each?.by ?? []))) {
    const ids = new Set(asked.flatMap((each) => (each?.by === by && canIdentify(by, each.value) ? [each.value] : [])))
    const read = await client.readMany(type, [...ids], by === recordId ? {} : { idProperty: by })
    for (const [k, value] of [...ids].entries()) if (read[k] != null) found.set(`${by} ${value}`, read[k])
  }
  return asked.map((each) => (each === null ? null : (found.get(`${each.by} ${each.value}`) ?? 'absent')))
}

const linkOf = (from: string, to: string, associationTypeId: number) => ({
  from: { id: from },
  to: { id: to },
  types: [{ associationCategory: 'USER_DEFINED', associationTypeId }],
})

/** Links all of them, and answers how many were refused; one that is refused takes no link from the others. */
async function write(
  client: HubSpotClient,
  path: string,
  inputs: readonly ReturnType<typeof linkOf>[],
  refusedBefore = 0,
): Promise<number> {
  if (inputs.length === 0) return refusedBefore
  try {
    await client.send('POST', path, { inputs })
    return refusedBefore
  } catch (error) {
    if (!(error instanceof StoreError) || error.retryable || forAll(error) || refusedBefore >= mostRefused) throw error
    if (inputs.length === 1) return refusedBefore + 1
    const half = Math.ceil(inputs.length / 2)
    return write(client, path, inputs.slice(half), await write(client, path, inputs.slice(0, half), refusedBefore))
  }
}
