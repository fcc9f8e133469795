import type { AnyStateMachine } from 'xstate'
import type { z } from 'zod'
import type { WorkingCalendar } from '../calendar/index.ts'
import type { Failure, Rule } from '../rules/index.ts'
import { rule } from '../rules/index.ts'
import type { JsonValue } from '../errors/index.ts'
import type { Budget, Policy, PolicyPin } from '../policy/index.ts'
import type { Clock } from '../sla/index.ts'
import type { Approval } from '../approvals/index.ts'
import type { CommonCommand } from './common-commands.ts'
import type { DriftedRecord, ProperWays } from './drift.ts'

/** Who acts: an id, the roles that the directory resolved for it, and the person on whose behalf. */
export interface Actor {
  readonly id: string
  readonly roles: readonly string[]
  readonly onBehalfOf?: string
}

/** The actor of rungs, child commands and repairs. */
export const systemActor: Actor = { id: 'system', roles: ['system'] }

/** A command as it is sent: its type, its fields and, where it judges, the basis that the person saw. */
export interface AnyCommand {
  readonly type: string
  readonly [field: string]: JsonValue | undefined
}

/**
 * What a machine receives: the command's type and fields, who and when, the policy that the instance is pinned to, and the recorded inputs of
 * the decision. Nothing here needs a calendar or a directory, so that replay needs neither.
 */
export interface MachineEvent<Command extends AnyCommand = AnyCommand> {
  readonly type: string
  readonly command: Command
  readonly at: number
  readonly actor: Actor
  readonly policy: Policy
  readonly inputs: Inputs
  readonly instanceId: string
}

/** A command of which perhaps only the type is known yet. */
export type Unfilled<Command extends AnyCommand> = AnyCommand & {
  readonly [Field in keyof Command]?: Command[Field]
} & (Command extends AnyCommand ? { readonly type: Command['type'] } : never)

/** Recorded inputs of one step: what `prepare` computed from facts, the calendar and the directory. */
export type Inputs = { readonly [name: string]: JsonValue | undefined }

/** What the runtime fetches before a command is judged; a definition names what it needs and nothing else is fetched. */
export interface FactNeeds {
  /** State of the account's ledger. */
  readonly account?: boolean
  /** Purchases, disputes and judgements, from the CRM. */
  readonly accountFacts?: boolean
  /** Purchases, disputes and judgements of these accounts as well: members of a group. */
  readonly memberFacts?: readonly string[]
  /** Accounts whose ledgers are asked beside the command's own. */
  readonly others?: readonly string[]
  /** An account that may have been merged: where it lives on is asked. */
  readonly survivorOf?: string
  /** Ids of the account's open instances. */
  readonly openInstances?: boolean
  /** People who hold the roles of an approval scheme, with delegations to the actor. */
  readonly electorate?: SchemeName
  /** Departments that the matter affects: whose heads `affected.head` of the electorate stands for. */
  readonly affected?: readonly string[]
  /** Id of the project whose ledger is asked. */
  readonly project?: string
  /** How many key accounts each manager and each tier has now [I-23]. */
  readonly capacity?: boolean
  /** Accounts under governance with the same credit code, name or parent company: duplicates and lead conflicts [ADM-05]. */
  readonly similarTo?: { readonly name?: string; readonly creditCode?: string; readonly parentId?: string }
  /** Roles whose holders for this account are asked [SVC-01]. */
  readonly holders?: readonly string[]
  /** Delegations to the actor. */
  readonly delegations?: boolean
  /** How many accounts there are and how many carry an override now. */
  readonly overrideQuota?: boolean
  /** Which personal documents the instance has. */
  readonly documents?: boolean
  /** Id of the policy whose ledger is asked [GOV-05]. */
  readonly policyLedger?: string
  /** Id of the policy whose version in force is read, text and all. */
  readonly policyInForce?: string
  /** Records of the store's policy registry, by the version under which they stand. */
  readonly registry?: { readonly id: string; readonly versions: readonly string[] }
  /** A simulation that stands in the registry as evidence, under a version of its own. */
  readonly simulation?: { readonly id: string; readonly version: string; readonly digest: string }
  /** The version that the instance is to move to, as the registry has it. */
  readonly target?: PolicyPin
  /** What was changed around the process in the instance's visible records [GOV-06]. */
  readonly drift?: true
}

export type SchemeName = keyof Policy['approval']

/** The account as the ledger knows it. */
export interface AccountSummary {
  readonly accountId: string
  readonly name: string
  readonly status: string
  readonly tier: string | null
  readonly region: string | null
  readonly manager: string | null
  readonly creditCode: string | null
  /** Parent company as the CRM knows it, governed or not. */
  readonly parentId: string | null
  /** Account that leads the group of companies of which this one is a member. */
  readonly group: string | null
  readonly classes: readonly string[]
  readonly isKeyAccount: boolean
  readonly contract: { readonly reference: string; readonly from: string; readonly to: string } | null
  readonly claims: { readonly [name: string]: string | undefined }
}

export interface ElectorFact {
  readonly person: string
  readonly role: string
  /** Of `affected.head`: the department that the person heads. */
  readonly department?: string
}
/** A project as its ledger knows it: what changes are measured against. */
export interface ProjectSummary {
  readonly projectId: string
  readonly accountId: string
  readonly name: string
  readonly status: string
  /** Version of the baseline in force; 0 while there is none. */
  readonly version: number
  /** Content of the baseline in force. */
  readonly baseline: JsonValue
  /** Content of the last baseline that the KA management group itself approved [decision 10]. */
  readonly groupBaseline: JsonValue
  readonly leader: string
  readonly team: readonly string[]
}
/** What the text of a simulation says, read strictly; or where it is not what a simulation says. */
export type SimulationFact =
  | {
      readonly ok: true
      readonly scope: 'all' | 'some'
      readonly draft: string
      /** The version that it compared with; `null`: none. */
      readonly inForce: { readonly version: string; readonly hash: string } | null
      /** Counts and sums for the entry, no names. */
      readonly summary: JsonValue
    }
  | { readonly ok: false; readonly at: string; readonly tooLong?: { readonly is: number; readonly most: number } }

/** What a policy's ledger knows: the version in force, and those that take force by themselves, in their order [GOV-05]. */
export interface PolicyStanding {
  readonly inForce: {
    readonly version: string
    readonly hash: string
    /** Id of its publication. */
    readonly by: string
    readonly effectiveFrom: string
    readonly since: number
  } | null
  readonly scheduled: readonly {
    readonly version: string
    readonly hash: string
    readonly by: string
    readonly effectiveFrom: string
    readonly effectiveAt: number
  }[]
}
/** How full managers and tiers are [I-23]. */
export interface CapacityFact {
  readonly byManager: { readonly [person: string]: number }
  readonly byTier: { readonly [tier: string]: number }
}
/** An account that may be the same customer, or of the same group. */
export interface SimilarAccount {
  readonly accountId: string
  readonly name: string
  readonly status: string
  readonly because: 'creditCode' | 'name' | 'parent'
  readonly manager: string | null
  /** Its open admission. */
  readonly admission: string | null
}

export interface Facts {
  readonly account?: AccountSummary | null
  readonly accountFacts?: JsonValue
  /** In the order asked; those that the CRM does not have are left out. */
  readonly memberFacts?: readonly JsonValue[]
  /** By account id; `null`: not under governance. */
  readonly others?: { readonly [accountId: string]: AccountSummary | null | undefined }
  readonly ledger?: JsonValue
  /** The account itself, or whoever it was merged into, to the end of the chain. */
  readonly survivor?: string
  readonly openInstances?: readonly {
    readonly instanceId: string
    readonly kind: string
    /** Of a project and its changes. */
    readonly projectId?: string
  }[]
  readonly electors?: readonly ElectorFact[]
  readonly delegations?: readonly { readonly from: string; readonly to: string; readonly since: number; readonly until: number }[]
  readonly overrides?: { readonly accounts: number; readonly overridden: number }
  /** `null`: no such project. */
  readonly project?: ProjectSummary | null
  readonly capacity?: CapacityFact
  readonly similar?: readonly SimilarAccount[]
  /** Personal documents that are not erased: where they stood, never what they say. */
  readonly documents?: readonly { readonly documentId: string; readonly field: string }[]
  /** People by the role that they hold for this account. */
  readonly holders?: { readonly [role: string]: readonly string[] }
  /** `null`: no version of it was ever scheduled. */
  readonly policyLedger?: PolicyStanding | null
  /** `null`: no version of it is in force. */
  readonly policyInForce?: Policy | null
  /** `null`: nothing stands under that version. */
  readonly registry?: { readonly [version: string]: { readonly hash: string; readonly document: string } | null | undefined }
  /** `null`: nothing with that digest stands there. */
  readonly simulation?: SimulationFact | null
  /** `null`: not in the registry under its own version. */
  readonly target?: Policy | null
  /** Records that show something else than the journal says; none, where the store cannot tell. */
  readonly drift?: readonly DriftedRecord[]
}

/** Everything a `may…` rule and `prepare` may look at. */
export interface RuleInput<Context = unknown, Command extends AnyCommand = AnyCommand> {
  readonly instanceId: string
  readonly accountId: string
  readonly state: string
  readonly context: Context
  readonly clocks: readonly Clock[]
  readonly makers: { readonly [material: string]: readonly string[] | undefined }
  readonly openedAt: number
  readonly changedAt: number
  readonly command: Command
  readonly at: number
  readonly actor: Actor
  readonly policy: Policy
  /** Which version of it the instance is pinned to. */
  readonly pin?: PolicyPin
  /** Calendar of the policy that the instance counts with. */
  readonly calendarId?: string
  readonly calendar: WorkingCalendar
  readonly facts: Facts
  /** Hash of a JSON value, for bases. */
  readonly hashOf: (value: JsonValue) => string
}

/** Roles that may send a command: fixed, or found from the instance (the responsible department's staff). */
export type RolesOf<Context> = readonly string[] | ((context: Context, policy: Policy) => readonly string[])

/** One command of a workflow. */
export interface CommandSpec<Context, Command extends AnyCommand> {
  readonly schema: z.ZodType<Command>
  readonly clause: string
  /** Holders of any of these may send it; `[]`: only the system. The policy's `authority` replaces them. */
  readonly roles: RolesOf<Context>
  /** Material that this command makes: its sender may not check it. */
  readonly makes?: string
  /** Material that this command checks: refused for its makers. */
  readonly checks?: string | ((command: Command) => string | null)
  /** Judged on what the person saw: carries `basis`, the hash of {@link WorkflowDefinition.basis}. */
  readonly judges?: boolean
  /** News that one instance has for another: where the receiver has closed before it heard, there is nothing left to do, and nothing has failed. */
  readonly news?: boolean
  /** Why the state does not take the command, where more can be said than the state's name. Such a refusal holds in every mode. */
  readonly unavailable?: (input: RuleInput<Context, Unfilled<Command>>) => Failure | null
  /** Rules that hold before the form is filled in: they also answer `options()`, where only the command's type is known. */
  readonly rules?: readonly Rule<RuleInput<Context, Unfilled<Command>>>[]
  /** Rules on the fields. */
  readonly formRules?: readonly Rule<RuleInput<Context, Command>>[]
  readonly needs?: FactNeeds | ((command: Unfilled<Command>, context: Context, policy: Policy) => FactNeeds)
  /** Inputs of the decision, computed once and recorded. Failures refuse like a rule does. */
  readonly prepare?: (input: RuleInput<Context, Command>) => Prepared
  /**
   * Top-level fields that hold personal data or a customer's own words. The runtime replaces every text in them by a token before anything looks at the command:
   * rules, `prepare`, recorders and the journal see tokens, which are equal to nothing but themselves. So no rule may compare or measure such a field, and none
   * of them may go into `fields` or name a person who is to act.
   */
  readonly personal?: readonly string[]
  /** The name of the § form, when its fields are a document of the instance. */
  readonly form?: string
}

export type Prepared =
  | { readonly ok: true; readonly inputs: Inputs }
  | { readonly ok: false; readonly clause: string; readonly failures: readonly Failure[] }

/** A clock that a machine starts by name. */
export interface ClockSpec<Context> {
  readonly clause: string
  /** Policy parameter of the budget, for explanations. */
  readonly parameter: string
  readonly budget: (policy: Policy, context: Context, at: number) => Budget | { readonly until: number } | null
  readonly pausable: boolean
  /** A timer, such as an effective date: only the breach rung, and nobody is told. */
  readonly silent?: boolean
  /** Who is told instead of the ladder's roles. */
  readonly notify?: (policy: Policy, context: Context, kind: 'warn' | 'breach' | 'escalate') => string | null
}

/** Commands of a workflow by type. */
export interface CommandMap {
  readonly [type: string]: AnyCommand
}

/** A workflow: the machine, its commands, rules and clocks. */
export interface WorkflowDefinition<Context = unknown, Commands = CommandMap> {
  readonly kind: string
  /** Two or three letters that ids begin with. */
  readonly prefix: string
  readonly version: string
  readonly machine: AnyStateMachine
  readonly initialContext: Context
  readonly commands: {
    readonly [T in keyof Commands]: CommandSpec<Context, Commands[T] extends AnyCommand ? Commands[T] : never>
  }
  /** Rules of every command: who is barred. */
  readonly everyCommand: readonly Rule<
    RuleInput<Context, Commands[keyof Commands] extends AnyCommand ? Commands[keyof Commands] : never>
  >[]
  readonly clocks: { readonly [name: string]: ClockSpec<Context> }
  /** States in which nothing is left to do. */
  readonly closedStates: readonly string[]
  /** Who has to act next: a role or `person:<id>`; `null` only in closed states. */
  readonly owner: (state: string, context: Context, policy: Policy) => string | null
  /** Why an open instance without a running clock has no due instant. */
  readonly noDueReason: (state: string, context: Context) => string
  /** The material fields: a judging command is bound to their hash. */
  readonly basis: (state: string, context: Context) => JsonValue
  readonly fields: (context: Context) => { readonly [name: string]: string | number | boolean | null }
  /** Common commands that make no sense here. */
  readonly withoutCommon?: readonly CommonCommand[]
  /** People kept from every act and record of the instance; left out of its notices too [CON-01]. */
  readonly barred?: (context: Context) => readonly string[]
  readonly approvals: (context: Context) => { readonly [name: string]: Approval | undefined }
  /** How the parts of the visible record are changed by the process: so that a change around it can be named [GOV-06]. Absent: by state only. */
  readonly ways?: ProperWays<Context>
}

/** Keeps a definition's types together; the one widening to the untyped form that the runtime works with is here. */
export function defineWorkflow<Context, Commands>(definition: WorkflowDefinition<Context, Commands>): WorkflowDefinition {
  return definition as unknown as WorkflowDefinition
}

/** A rule on a workflow's commands; the input type is inferred from the table it stands in. */
export function mayRule<Context, Command extends AnyCommand = AnyCommand>(
  name: string,
  clause: string,
  check: (input: RuleInput<Context, Command>) => Failure | null | readonly (Failure | null)[],
): Rule<RuleInput<Context, Command>> {
  return rule(name, clause, check)
}
