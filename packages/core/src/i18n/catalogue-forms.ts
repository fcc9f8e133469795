import type { Mode } from '../runtime/advance.ts'
import type { Texts } from './catalogue-parts.ts'
import type { FormName } from './keys.ts'

/** Help for whoever fills in a form. */
export interface HelpTexts {
  /** What each form is for. */
  readonly forms: Texts<FormName>
  /** What to write: by `<form>.<field>` where it depends on the form, else by the field's path or name. `forms.test.ts` asks for every field. */
  readonly fields: { readonly [field: string]: string }
}

/** Words of a printed form. */
export interface DocumentTexts {
  readonly clause: (clause: string) => string
  readonly account: string
  readonly command: string
  readonly instance: string
  readonly number: string
  readonly filedAt: string
  readonly filedBy: string
  readonly policy: string
  readonly version: (policy: string, version: string) => string
  readonly field: string
  readonly entered: string
  readonly item: (number: string) => string
  readonly notGiven: string
  readonly erased: string
  readonly sealed: string
  readonly checksum: string
  readonly noChecksum: string
  readonly signatures: string
  readonly signatories: Texts<'company' | 'customer'>
  readonly signature: string
  readonly signedBy: string
  readonly signedOn: string
  readonly proof: string
  readonly hash: string
  readonly zone: (zone: string) => string
}

/** Words of an answer to an inbound command. */
export interface InboxTexts {
  readonly accepted: (command: string, kind: string, instance: string) => string
  readonly state: (state: string) => string
  readonly due: (at: string) => string
  readonly edited: string
  readonly observed: string
  readonly refused: string
  readonly failed: string
  readonly pending: (tries: string, of: string) => string
}

/** Words of the report on a rollout. */
export interface RolloutTexts {
  readonly modes: Texts<Mode>
  readonly period: (from: string | null, to: string | null) => string
  readonly workflow: (parts: {
    readonly workflow: string
    readonly mode: string
    readonly breaching: string
    readonly commands: string
    readonly share: string
  }) => string
  readonly noCommands: (workflow: string, mode: string) => string
  readonly rule: (parts: {
    readonly rule: string
    readonly clause: string
    readonly commands: string
    readonly share: string
  }) => string
  readonly byCommand: (list: string) => string
  readonly byRole: (list: string) => string
  readonly people: (count: string) => string
  readonly examples: (keys: string) => string
  readonly count: (name: string, count: string, of: string | null) => string
  readonly noRole: string
  readonly nothing: string
}
