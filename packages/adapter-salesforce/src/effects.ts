import type { GovernanceStore, PendingEffect } from '@ka-governance/core'
import type { SalesforceClient, Subanswer, Subrequest } from './client.ts'
import { meaningOf, siblings } from './errors.ts'
import { columnText, toPendingEffect } from './mapping.ts'
import { byKey } from './requests.ts'
import type { FieldName, Names } from './schema.ts'
import { raw, soql, type Soql } from './soql.ts'

type EffectsWanted = Parameters<GovernanceStore['effects']['pending']>[0]

/** Null: there is nothing to ask for. */
function effectQuery(
  names: Names,
  status: 'pending' | 'dead',
  types: readonly string[] | undefined,
  conditions: readonly string[],
  limit: number,
): string | null {
  if (types?.length === 0 || limit <= 0) return null
  const f = (name: FieldName<'Effect'>): Soql => raw(names.field('Effect', name))
  const columns = (['EffectKey', 'InstanceKey', 'Attempts', 'RetryAt', 'Reason', 'Effect'] as const).map((name) => f(name).text)
  const ofTypes = types === undefined ? [] : [soql`${f('Type')} IN ${types.map((type) => columnText(type, 80))}`]
  const where = [soql`${f('Status')} = ${status}`, ...conditions, ...ofTypes].join(' AND ')
  // The name is a number that rises with every row: oldest first.
  return soql`SELECT ${raw(columns.join(', '))} FROM ${raw(names.object('Effect'))} WHERE ${raw(where)} ORDER BY Name ASC LIMIT ${limit}`
}

/** What `pending` asks for; null: nothing. */
export function pendingQuery(names: Names, { limit, instanceId, types, at }: EffectsWanted): string | null {
  const f = (name: FieldName<'Effect'>): Soql => raw(names.field('Effect', name))
  const conditions = [
    ...(instanceId === undefined ? [] : [soql`${f('InstanceKey')} = ${instanceId}`]),
    ...(at === undefined ? [] : [soql`(${f('RetryAt')} = ${null} OR ${f('RetryAt')} <= ${at})`]),
  ]
  return effectQuery(names, 'pending', types, conditions, limit)
}

/** Why an effect was given up is no matter of those that are pending. */
export function withoutReason({ reason: _, ...pending }: ReturnType<typeof toPendingEffect>): PendingEffect {
  return pending
}

/** The outbox: a row for each effect that is outstanding, gone when it is done. */
export function createEffectStore(client: SalesforceClient, names: Names): GovernanceStore['effects'] {
  const f = (name: FieldName<'Effect'>): Soql => raw(names.field('Effect', name))
  const object = raw(names.object('Effect'))
  const urlOf = (effectId: string): string => byKey(names.object('Effect'), names.field('Effect', 'EffectKey'), effectId)

  async function list(query: string | null) {
    const found = []
    if (query !== null) for await (const row of client.query(query)) found.push(toPendingEffect(names, row))
    return found
  }

  async function rowOf(instanceId: string, effectId: string) {
    const query = soql`SELECT Id, ${f('Status')}, ${f('Attempts')}, ${f('Reason')} FROM ${object} WHERE ${f('EffectKey')} = ${effectId} AND ${f('InstanceKey')} = ${instanceId} LIMIT 1`
    for await (const row of client.query(query)) return row
    return null
  }

  /** A row that has gone meanwhile is no failure: somebody acknowledged it. */
  async function write(request: Omit<Subrequest, 'referenceId'>): Promise<'done' | 'gone'> {
    const [answer] = await client.composite([{ ...request, referenceId: 'effect' }], { repeatable: true })
    return answer === undefined || isGone(answer) ? 'gone' : done(answer)
  }

  return {
    pending: async (query) => (await list(pendingQuery(names, query))).map(withoutReason),

    dead: async ({ limit, types }) => list(effectQuery(names, 'dead', types, [], limit)),

    ack: async (instanceId, effectId) => {
      const row = await rowOf(instanceId, effectId)
      if (row !== null) await write({ method: 'DELETE', url: urlOf(effectId) })
    },

    fail: async (instanceId, effectId, reason, dead, { retryAt = null } = {}) => {
      const row = await rowOf(instanceId, effectId)
      if (row === null) return
      const attempts = row[f('Attempts').text]
      await write({
        method: 'PATCH',
        url: `/sobjects/${object.text}/${String(row['Id'])}`,
        body: {
          [f('Attempts').text]: (typeof attempts === 'number' ? attempts : 0) + 1,
          [f('RetryAt').text]: retryAt,
          // A late failure of another worker does not bring a dead effect back.
          ...(dead ? { [f('Status').text]: 'dead', [f('Reason').text]: columnText(reason, 32_000) } : {}),
        },
      })
    },

    revive: async (instanceId, effectId) => {
      const row = await rowOf(instanceId, effectId)
      if (row === null || row[f('Status').text] !== 'dead') return false
      const body = { [f('Status').text]: 'pending', [f('Attempts').text]: 0, [f('RetryAt').text]: null, [f('Reason').text]: null }
      return (await write({ method: 'PATCH', url: `/sobjects/${object.text}/${String(row['Id'])}`, body })) === 'done'
    },
  }
}

const isGone = ({ status, errors }: Subanswer): boolean =>
  status === 404 || errors.some(({ code }) => code === 'ENTITY_IS_DELETED')

function done({ errors, status }: Subanswer): 'done' {
  const causes = errors.filter(({ code }) => !siblings.has(code))
  if (status >= 300 || causes.length > 0) throw meaningOf(causes, status)
  return 'done'
}
