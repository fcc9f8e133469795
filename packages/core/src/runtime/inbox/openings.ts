import type { Finding, JsonValue } from '../../errors/index.ts'
import { accountLedgerId, projectLedgerId } from '../../definition/instance-id.ts'
import { unknownField } from '../command-findings.ts'
import type { Result } from '../perform.ts'
import { accountVerbs } from '../verbs/account.ts'
import { admissionVerbs } from '../verbs/admission.ts'
import { complaintVerbs } from '../verbs/complaint.ts'
import { policyVerbs } from '../verbs/policy.ts'
import { projectChangeVerbs } from '../verbs/project-change.ts'
import { projectVerbs } from '../verbs/project.ts'
import { tierAdjustmentVerbs } from '../verbs/tier-adjustment.ts'
import type { Verbs } from '../verbs/verbs.ts'
import type { SendOptions } from '../workflow-api.ts'

/** The fields of an inbound command. */
export type Fields = { readonly [field: string]: JsonValue }
/** What opening answers: the entry may be a ledger's, the instance another one. */
export type Opened = Result & { readonly admission?: string; readonly adjustment?: string }

/** How an instance of a kind is opened from outside. */
interface Opening {
  /** Name of the command in a record. */
  readonly command: string
  readonly open: (verbs: Verbs, form: never, options: SendOptions) => Promise<Opened>
  /** Fields that the verb fills in itself and would pass over: nobody may believe to have set them. */
  readonly filled?: readonly string[]
  /** The only fields that the verb looks at. */
  readonly only?: readonly string[]
}

/** By kind. What is not here is opened by other instances only. */
export const openings: { readonly [kind: string]: Opening } = {
  complaint: { command: 'open', open: (verbs, form, o) => complaintVerbs(verbs).open(form, o) },
  account: { command: 'adopt', open: (verbs, form, o) => accountVerbs(verbs).adopt(form, o) },
  admission: { command: 'open', open: (verbs, form, o) => admissionVerbs(verbs).open(form, o), filled: ['instanceId'] },
  'tier-adjustment': {
    command: 'open',
    open: (verbs, form, o) => tierAdjustmentVerbs(verbs).open(form, o),
    only: ['accountId', 'cycle', 'onDemand'],
  },
  project: { command: 'open', open: (verbs, form, o) => projectVerbs(verbs).open(form, o) },
  'project-change': {
    command: 'open',
    open: (verbs, form, o) => projectChangeVerbs(verbs).open(form, o),
    filled: ['accountId'],
  },
  'policy-publication': { command: 'open', open: (verbs, form, o) => policyVerbs(verbs).open(form, o) },
}

/** Fields that opening would pass over without a word. */
export function passedOver({ command, only, filled = [] }: Opening, fields: Fields): readonly Finding[] {
  return Object.keys(fields)
    .filter((field) => filled.includes(field) || only?.includes(field) === false)
    .map((field) => unknownField(command, [field], only ?? []))
}

/** Ids of instances that a record is about, as far as it says: records about the same one keep their order. */
export function aboutOf(instanceId: string | null, { accountId, projectId }: Fields): readonly string[] {
  return [
    ...(instanceId === null ? [] : [instanceId]),
    ...(typeof accountId === 'string' ? [accountLedgerId(accountId)] : []),
    ...(typeof projectId === 'string' ? [projectLedgerId(projectId)] : []),
  ]
}
