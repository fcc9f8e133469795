import type { ResolvedMapping } from '../options.ts'
import { linkedTypes } from './definitions.ts'
import { typeIds, typeNamed } from '../schema.ts'

/** What tokens have to be allowed, as the settings of an app name it. */
export interface Scopes {
  /** Of the token that the store works with. */
  readonly runtime: readonly string[]
  /** Of the token that provisions, for one run. */
  readonly provisioning: readonly string[]
  /** Of both: what a directory reads. */
  readonly directory: readonly string[]
}

/** What a type of records is called among scopes. */
function scopeNames(type: string, rights: readonly ('read' | 'write')[], area: 'objects' | 'schemas'): readonly string[] {
  const name = typeNamed(type)
  // Tickets have one scope for everything.
  if (name === 'tickets') return ['tickets']
  const of = Object.hasOwn(typeIds, name) ? name : 'custom'
  return rights.map((right) => `crm.${area}.${of}.${right}`)
}

/** Tasks and notes go by the rights on contacts. */
const ofActivities = ['crm.objects.contacts.read', 'crm.objects.contacts.write']
const ofOwners = ['crm.objects.owners.read']

export function scopesOf(mapping: ResolvedMapping, isHosted = false): Scopes {
  const { records, accounts, facts, effects } = mapping
  const own = isHosted ? [] : ['custom']
  // A link is a change of both its ends.
  const written = [...Object.values(records).map(({ type }) => type), ...(isHosted ? [] : linkedTypes(mapping))]
  const sorted = (scopes: readonly (readonly string[])[]): readonly string[] => [...new Set(scopes.flat())].sort()
  return {
    runtime: sorted([
      ...own.map((type) => scopeNames(type, ['read', 'write'], 'objects')),
      ...written.map((type) => scopeNames(type, ['read', 'write'], 'objects')),
      scopeNames(accounts.type, ['read'], 'objects'),
      ...(facts === null ? [] : [scopeNames(facts.type, ['read'], 'objects')]),
      ...Object.values(effects).map((effect) => ('task' in effect ? [...ofActivities, ...ofOwners] : ofActivities)),
    ]),
    provisioning: sorted([
      // Pipelines are judged by the rights on their records.
      ...[...own, ...written].flatMap((type) => [
        scopeNames(type, ['read', 'write'], 'schemas'),
        scopeNames(type, ['read', 'write'], 'objects'),
      ]),
    ]),
    directory: ofOwners,
  }
}
