import type { FakeRow } from './soql.ts'

/** A field of the fake org. */
export interface FakeField {
  readonly type: 'string' | 'textarea' | 'double' | 'boolean' | 'datetime' | 'date' | 'time' | 'reference' | 'id' | 'picklist'
  readonly length?: number
  readonly unique?: boolean
  readonly externalId?: boolean
  readonly caseSensitive?: boolean
  readonly required?: boolean
  readonly referenceTo?: string
  readonly relationshipName?: string
  readonly values?: readonly string[]
  readonly createable?: boolean
  readonly updateable?: boolean
  /** What a row gets that is made without it. */
  readonly preset?: string
}

/** A rule of an admin: its message refuses the row. */
export type FakeRule = (row: FakeRow, before: FakeRow | null) => string | null

export interface FakeObject {
  readonly keyPrefix: string
  readonly autoNumber?: string
  readonly fields: { readonly [name: string]: FakeField }
  readonly rules?: readonly FakeRule[]
  /** What the platform fills in by itself whenever a row is saved. */
  readonly formulas?: (row: FakeRow) => FakeRow
  /** Fields of which a pair of values has one row: a second one that is made changes the first. */
  readonly mergedBy?: readonly string[]
  /** What a new row sets off inside of its transaction. */
  readonly onCreate?: (row: FakeRow, create: (object: string, values: FakeRow) => void) => void
  /** Names of validation rules that are active. */
  readonly ruleNames?: readonly string[]
  /** Record types by their developer name; `false`: this user may not choose it. */
  readonly recordTypes?: { readonly [name: string]: boolean }
  readonly createable?: boolean
  readonly deletable?: boolean
  readonly updateable?: boolean
}

/** Refused by the org: one error of a row. */
export class RowError extends Error {
  readonly code: string
  readonly fields: readonly string[] | undefined
  readonly status: number
  constructor(code: string, message: string, options: { readonly fields?: readonly string[]; readonly status?: number } = {}) {
    super(message)
    this.code = code
    this.fields = options.fields
    this.status = options.status ?? 400
  }
}

/** Whose token the adapter has. */
export const integrationUser = '005000000000000AAA'
/** Set by the platform of every row whenever it is written. */
export const modifiedBy: { readonly [name: string]: FakeField } = {
  LastModifiedById: {
    type: 'reference',
    referenceTo: 'User',
    relationshipName: 'LastModifiedBy',
    createable: false,
    updateable: false,
  },
  LastModifiedDate: { type: 'datetime', createable: false, updateable: false },
}
/** Set by the platform; nobody writes it. */
export const createdBy: FakeField = {
  type: 'reference',
  referenceTo: 'User',
  relationshipName: 'CreatedBy',
  createable: false,
  updateable: false,
}
