import {
  InvalidInputError,
  type AccountRecord,
  type Finding,
  type JsonValue,
  type Projection,
  type StoreCapabilities,
} from '@ka-governance/core'
import type { MemoryClient } from './client.ts'
import type { MemoryDump } from './dump.ts'
import type { FaultScript } from './faults.ts'

/** An account of the pretended CRM, with what it knows about purchases. */
export type MemoryAccount = AccountRecord & { readonly facts?: JsonValue }

/** What a memory store pretends. Everything may be left out: then it is an empty CRM that promises and keeps all. */
export interface MemoryStoreOptions {
  /** The accounts of the CRM; their ids must differ and not be empty. @default none */
  readonly accounts?: readonly MemoryAccount[]
  /** The instant by which leases run out, epoch milliseconds. @default Date.now */
  readonly clock?: () => number
  /** Failures to play: see `faultScript`. @default none */
  readonly faults?: FaultScript
  /** An admin's validation rule: a text refuses the visible record, null lets it pass. @default lets everything pass */
  readonly projectionRule?: (projection: Projection) => string | null
  /** Capabilities to do without, to test a host against a poorer backend. @default none */
  readonly without?: readonly (keyof StoreCapabilities)[]
  /** The database. Give the same to several stores to play several processes. @default a new one */
  readonly client?: MemoryClient
  /** What a store held before, as its `dump()` gave it; goes into an empty database. Accounts given beside it take the place of those in it. @default nothing */
  readonly from?: MemoryDump
}

export interface ResolvedOptions {
  readonly accounts: readonly MemoryAccount[]
  readonly clock: () => number
  readonly projectionRule: (projection: Projection) => string | null
  readonly capabilities: StoreCapabilities
}

/** Fills in the defaults. @throws InvalidInputError naming every account without an id and every id given twice. */
export function resolveOptions(options: MemoryStoreOptions): ResolvedOptions {
  const accounts = options.accounts ?? []
  const findings: Finding[] = []
  const seen = new Set<string>()
  for (const [index, { accountId }] of accounts.entries()) {
    const path = `accounts[${String(index)}].accountId`
    if (accountId === '') findings.push({ path, code: 'empty', message: 'is empty', remedy: 'give the account an id' })
    if (seen.has(accountId)) findings.push({ path, code: 'twice', message: `${accountId} is given twice`, remedy: 'keep one' })
    seen.add(accountId)
  }
  if (findings.length > 0) throw new InvalidInputError('options of the memory store', findings)

  const without = new Set(options.without ?? [])
  return {
    accounts,
    clock: options.clock ?? Date.now,
    projectionRule: options.projectionRule ?? (() => null),
    capabilities: {
      atomicMultiCommit: !without.has('atomicMultiCommit'),
      leases: !without.has('leases'),
      atomicProjection: !without.has('atomicProjection'),
      consistentQueries: !without.has('consistentQueries'),
      atomicDocuments: !without.has('atomicDocuments'),
      accountFacts: !without.has('accountFacts'),
    },
  }
}
