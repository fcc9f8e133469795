import { z } from 'zod'
import { evidence, hash, text, version } from './fields.ts'
import { mayRule, type CommandSpec, type RuleInput, type Unfilled, type WorkflowDefinition } from './define-workflow.ts'
import { rebudgetsOf, refuseNature, refuseTarget, type Move } from './migration.ts'
import { resolveDriftOf, resolveDriftSchema } from './resolve-drift.ts'

/** Documents erased by one command: their ids stand in its entry, which has a limit. */
const mostDocuments = 400

/** Commands of every kind of instance, one strict schema each. */
export const commonCommandSchemas = {
  /** Erases personal texts: all of the instance, these documents, or those of these fields (`contact`, `parts.0.matter`) [SEC-02]. */
  redact: z.strictObject({
    type: z.literal('redact'),
    documents: z.array(hash).min(1).max(mostDocuments).optional(),
    fields: z.array(text(80)).min(1).max(50).optional(),
    reason: text(2000),
    evidence: evidence.optional(),
  }),
  /** The instance belongs to another account from now on: accounts merge and split. Sent by instances only; one that has come there already stays. */
  relocate: z.strictObject({ type: z.literal('relocate'), accountId: text(200), reason: text(2000).optional() }),
  /** The instance goes on under another version of its policy; see `governance.policy.planMigration` for what that changes [GOV-05]. */
  migrate: z.strictObject({
    type: z.literal('migrate'),
    policy: z.strictObject({
      id: text(60),
      version,
      hash,
    }),
    reason: text(2000),
  }),
  /** What was changed around the process is put right, or brought before those who decide; see `governance.drift` [GOV-06]. */
  resolveDrift: resolveDriftSchema,
} as const

export type CommonCommands = { [T in keyof typeof commonCommandSchemas]: z.output<(typeof commonCommandSchemas)[T]> }
/** Name of a command that every kind of instance takes. */
export type CommonCommand = keyof CommonCommands
/** What people may send of them, before defaults are filled in; `relocate` is sent by instances only. */
export type CommonCommandInput = z.input<(typeof commonCommandSchemas)['redact' | 'migrate' | 'resolveDrift']>

type Spec<T extends CommonCommand> = CommandSpec<unknown, CommonCommands[T]>
type Selection = Pick<Unfilled<CommonCommands['redact']>, 'documents' | 'fields'>
interface Listed {
  readonly documentId: string
  readonly field: string
}

/** The documents that a redaction means, of those that are there. */
function selected({ documents, fields }: Selection, there: readonly Listed[]): readonly Listed[] {
  const inField = (field: string): boolean => fields?.some((f) => field === f || field.startsWith(`${f}.`)) === true
  if (documents === undefined && fields === undefined) return there
  return there.filter(({ documentId, field }) => documents?.includes(documentId) === true || inField(field))
}

/** Something must be there to be erased: a redaction of nothing would only look like one. */
export const mayRedactSomething = mayRule<unknown, Unfilled<CommonCommands['redact']>>(
  'mayRedactSomething',
  'SEC-02',
  ({ facts, command }) =>
    selected(command, facts.documents ?? []).length > 0
      ? null
      : { code: 'nothing_to_change', required: command.documents ?? command.fields ?? 'documents', actual: null },
)

/** Whoever names documents means these: one that is not there any more, or was never, is told, not passed over. */
export const mayRedactWhatIsThere = mayRule<unknown, CommonCommands['redact']>(
  'mayRedactWhatIsThere',
  'SEC-02',
  ({ facts, command }) => {
    const there = new Set((facts.documents ?? []).map(({ documentId }) => documentId))
    const missing = (command.documents ?? []).filter((id) => !there.has(id))
    return missing.length === 0 || missing.length === command.documents?.length
      ? null
      : { code: 'not_found_in_instance', required: [...there], actual: missing }
  },
)

/** An entry lists what it erases, and has a limit. */
export const mayRedactAtOnce = mayRule<unknown, CommonCommands['redact']>('mayRedactAtOnce', 'SEC-02', ({ facts, command }) => {
  const { length } = selected(command, facts.documents ?? [])
  return length <= mostDocuments ? null : { code: 'limit_reached', required: mostDocuments, actual: length }
})

const moveOf = ({ state, pin, calendarId, facts, command }: RuleInput<unknown, CommonCommands['migrate']>): Move => ({
  state,
  calendar: calendarId ?? '',
  from: pin ?? command.policy,
  to: command.policy,
  target: facts.target ?? null,
  standing: facts.policyLedger ?? null,
})

/** GOV-05: an instance moves to the version in force; where nobody publishes versions, to one that the registry has. */
export const mayMigrateToPolicyInForce = mayRule<unknown, CommonCommands['migrate']>(
  'mayMigrateToPolicyInForce',
  'GOV-05',
  (input) => refuseTarget(moveOf(input)),
)

/**
 * Moving to another version is alike for all kinds, but which clocks it touches says the kind's own table of clocks. The promises are made here, once: the
 * entry holds them, so that replay needs neither policy nor calendar.
 */
const migrateOf = (definition: Pick<WorkflowDefinition, 'clocks' | 'closedStates'>): Spec<'migrate'> => ({
  schema: commonCommandSchemas.migrate,
  clause: 'GOV-05',
  roles: ['kaGroup.head', 'keyAccounts.head'],
  needs: ({ policy: to }) => (to === undefined ? {} : { target: to, policyLedger: to.id }),
  formRules: [mayMigrateToPolicyInForce],
  prepare: (input) => {
    const move = moveOf(input)
    const failures = refuseNature(definition, move)
    if (failures.length > 0 || move.target === null) return { ok: false, clause: 'GOV-05', failures }
    const rebudgets = rebudgetsOf(definition, input, input.policy, move.target)
    return { ok: true, inputs: { from: { ...move.from }, clocks: rebudgets.map((one) => ({ ...one })) } }
  },
})

/**
 * Commands that every instance takes in every state but `opening`, outside of its machine, because they change no state: a journaled step that stays where it
 * is, with its effects.
 */
export const commonCommandsOf = (
  definition: Pick<WorkflowDefinition, 'kind' | 'machine' | 'commands' | 'ways' | 'clocks' | 'closedStates'>,
): { readonly [T in CommonCommand]: Spec<T> } => ({
  redact: {
    schema: commonCommandSchemas.redact,
    clause: 'SEC-02',
    roles: ['kaGroup.head', 'keyAccounts.head', 'legal.head'],
    needs: { documents: true },
    rules: [mayRedactSomething],
    formRules: [mayRedactWhatIsThere, mayRedactAtOnce],
    prepare: ({ facts, command }) => ({
      ok: true,
      inputs: { documents: selected(command, facts.documents ?? []).map(({ documentId }) => documentId) },
    }),
  },
  relocate: {
    schema: commonCommandSchemas.relocate,
    clause: 'architecture 9',
    roles: [],
    needs: ({ accountId }) => (accountId === undefined ? {} : { survivorOf: accountId }),
    // The account has been merged itself since this was sent: nobody looks for anything there any more.
    prepare: ({ facts, command }) => ({ ok: true, inputs: { accountId: facts.survivor ?? command.accountId } }),
  },
  migrate: migrateOf(definition),
  resolveDrift: resolveDriftOf(definition),
})
