import type { ErrorCode } from 'yaml'
import type { FormatName } from '../parts.ts'

/** A mistake in the writing of YAML, as the library that reads it calls it. */
export type YamlSlip = ErrorCode

/** What a value is, where another kind is needed. */
export type ValueKind = 'nothing' | 'text' | 'number' | 'boolean' | 'list' | 'map'

/** What is not plain data. */
export type NotPlain =
  | 'hole'
  | 'accessor'
  | 'symbolKey'
  | 'notFinite'
  | 'instance'
  | 'refusing'
  | 'throwing'
  | 'function'
  | 'symbol'
  | 'bigint'
  | 'undefined'

type Nothing = { readonly [name: string]: never }
type Limit = {
  readonly limit: number
  /** Whether the limit itself is allowed. */
  readonly inclusive: boolean
  /** What is counted; `null`: the value is the number. */
  readonly of: 'characters' | 'entries' | null
}

/** What the reading of a policy finds, by kind, with the particulars of each: numbers, names, choices. Types and not interfaces, so that they are `JsonValue`s. */
export type ReadingData = {
  // Of the source text.
  readonly sourceTooLong: { readonly characters: number; readonly limit: number }
  readonly notJson: { readonly format: string; readonly said: string }
  readonly yamlSlip: { readonly slip: YamlSlip; readonly said: string }
  readonly tooDeep: { readonly depth: number }
  readonly tooManyValues: { readonly limit: number }
  readonly textTooLong: { readonly limit: number }
  readonly tooManyAliases: { readonly limit: number }
  readonly aliasUnknown: { readonly name: string }
  readonly keyNoText: Nothing
  readonly keyTwice: Nothing
  readonly keyReserved: Nothing
  readonly notPlain: { readonly what: NotPlain }
  readonly numberNotFinite: Nothing
  // Of the values.
  readonly unset: Nothing
  readonly missing: {
    /** A kind of value in the schema's words. */
    readonly expected: string
    /** Of a section: the rows of the parameter list that stand in it. */
    readonly rows: readonly string[]
  }
  readonly choiceMissing: { readonly choices: readonly string[] }
  readonly wrongType: { readonly expected: string; readonly actual: ValueKind }
  readonly unknownKey: { readonly near: string | null; readonly known: readonly string[] }
  readonly noForm: Nothing
  readonly noChoice: { readonly near: string | null; readonly choices: readonly string[] }
  readonly tooSmall: Limit
  readonly tooBig: Limit
  readonly badName: { readonly format: FormatName | null; readonly choices: readonly string[] }
  readonly badFormat: { readonly format: FormatName | null }
  readonly noSuchDay: Nothing
  readonly noMoney: { readonly example: string }
  readonly notAllowed: Nothing
  // Of the list of findings.
  readonly moreFindings: { readonly count: number }
}

/** What the reading of a command and of the record or form that brings it finds, by kind, where {@link ReadingData} has none for it. */
export type CommandReadingData = {
  // Of the record and its form, as they were left.
  readonly formNotJson: { readonly format: string; readonly example: string }
  readonly formNoObject: { readonly format: string; readonly example: string }
  readonly formTooDeep: { readonly depth: number }
  readonly commandMissing: { readonly example: string }
  readonly instanceMissing: Nothing
  readonly actorMissing: Nothing
  readonly noVersion: Nothing
  readonly changedByAnother: Nothing
  readonly notTakenHere: { readonly name: string; readonly known: readonly string[] }
  readonly otherCommand: { readonly name: string }
  // Of the command.
  readonly noCommand: Nothing
  readonly unknownCommand: { readonly name: string; readonly near: string | null; readonly known: readonly string[] }
  readonly opensNew: { readonly name: string }
  readonly noPerson: Nothing
  readonly unknownField: { readonly near: string | null; readonly known: readonly string[] }
  // Of its values.
  readonly blank: Nothing
  readonly unprintable: Nothing
  readonly theSystem: Nothing
  readonly looksSealed: Nothing
  readonly tooMuch: { readonly characters: number; readonly limit: number }
  readonly givenTwice: { readonly name: string }
  readonly afterEndDate: Nothing
  readonly repairsAll: Nothing
  readonly noCycle: { readonly example: string }
}

/** Everything that reading finds, by kind. */
export type Readings = ReadingData & CommandReadingData

/** What is wrong, and what to do. */
export type ReadingText = readonly [message: string, remedy: string]

/** The text of every kind in one language; a kind without one does not compile. */
export type TextsOf<Data> = { readonly [K in keyof Data]: (data: Data[K]) => ReadingText }
