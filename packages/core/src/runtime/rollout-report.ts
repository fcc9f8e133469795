import type { JsonValue } from '../errors/index.ts'
import type { JournalEntry } from '../ports/index.ts'
import { compareText } from '../rules/index.ts'
import type { Mode } from './advance.ts'

/** Which part of the journals to count: half open, `from` counts and `to` does not. */
export interface RolloutOptions {
  /** Only this workflow or ledger. */
  readonly kind?: string
  /** Epoch milliseconds. */
  readonly from?: number
  /** Epoch milliseconds. */
  readonly to?: number
}

/** How often something occurred among the commands of a workflow. */
export interface RolloutCount {
  readonly name: string
  /** Commands that enforcement would have refused. */
  readonly breaching: number
  /** Commands of that name, or by holders of that role, in all. */
  readonly commands: number
}

/** One rule that commands broke. A command may break several. */
export interface RolloutRule {
  readonly rule: string
  /** Requirement id. */
  readonly clause: string
  /** Refusal codes it was broken with. */
  readonly codes: readonly string[]
  /** Commands that broke it. */
  readonly breaching: number
  /** Of all commands of the workflow, 0 to 1. */
  readonly share: number
  /** By the command's type, the most frequent first. */
  readonly byCommand: readonly RolloutCount[]
  /** By each role that the actor held then; `''`: none. Somebody with two roles counts under both. */
  readonly byRole: readonly RolloutCount[]
  /** How many different people broke it. */
  readonly people: number
  /** Keys of the latest such entries, newest first, at most five. */
  readonly examples: readonly string[]
}

/** What enforcing one workflow would change. */
export interface RolloutWorkflow {
  readonly kind: string
  /** The mode now. Journals do not say which mode was in force when; under `enforce` nothing that was refused is in them. */
  readonly mode: Mode
  /** Instances with a command in that time. */
  readonly instances: number
  /** Commands carried out, those of instances to each other among them. */
  readonly commands: number
  /** Commands that enforcement would have refused. */
  readonly breaching: number
  /** `breaching` of `commands`, 0 to 1; `null` without commands: no data is not 0 %. */
  readonly share: number | null
  /** The rule that most commands broke first. */
  readonly rules: readonly RolloutRule[]
}

/** What enforcement would have refused [GOV-09]. */
export interface RolloutReport {
  readonly from: number | null
  readonly to: number | null
  /** Of every workflow with a command in that time, and of the one that was asked for. */
  readonly workflows: readonly RolloutWorkflow[]
}

/** Entry keys that a rule shows. */
export const maxExamples = 5

interface Tally {
  breaching: number
  commands: number
}

interface RuleTally {
  readonly rule: string
  readonly clause: string
  readonly codes: Set<string>
  readonly byCommand: Map<string, number>
  readonly byRole: Map<string, number>
  readonly people: Set<string>
  readonly latest: { readonly key: string; readonly at: number }[]
  breaching: number
}

interface WorkflowTally {
  readonly rules: Map<string, RuleTally>
  readonly byCommand: Map<string, Tally>
  readonly byRole: Map<string, Tally>
  readonly instances: Set<string>
  breaching: number
  commands: number
}

const noRole = ''

/** Counts entries one by one: memory grows with rules, commands and roles, and with the ids of people and instances; never with the entries. */
export interface RolloutCounter {
  readonly add: (entry: JournalEntry) => void
  readonly report: (modeOf: (kind: string) => Mode, options?: RolloutOptions) => RolloutReport
}

export function createRolloutCounter(): RolloutCounter {
  const workflows = new Map<string, WorkflowTally>()
  return {
    add: (entry) => {
      if (entry.command === undefined) return
      count(getOr(workflows, entry.kind, newWorkflow), entry)
    },
    report: (modeOf, { kind, from, to } = {}) => ({
      from: from ?? null,
      to: to ?? null,
      workflows: [...new Set([...(kind === undefined ? [] : [kind]), ...workflows.keys()])]
        .sort()
        .map((name) => workflowOf(name, modeOf(name), workflows.get(name) ?? newWorkflow())),
    }),
  }
}

const newWorkflow = (): WorkflowTally => ({
  rules: new Map(),
  byCommand: new Map(),
  byRole: new Map(),
  instances: new Set(),
  breaching: 0,
  commands: 0,
})
const newTally = (): Tally => ({ breaching: 0, commands: 0 })

function getOr<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}

const textIn = (value: JsonValue | undefined, name: string): string => {
  const found = typeof value === 'object' && value !== null ? (value as { readonly [name: string]: unknown })[name] : null
  return typeof found === 'string' ? found : ''
}

function count(workflow: WorkflowTally, entry: JournalEntry): void {
  const { actor, observed = [] } = entry
  const command = textIn(entry.command, 'type')
  const roles = actor.roles.length === 0 ? [noRole] : [...new Set(actor.roles)]
  const one = observed.length > 0 ? 1 : 0
  workflow.instances.add(entry.instanceId)
  for (const tally of [
    workflow,
    getOr(workflow.byCommand, command, newTally),
    ...roles.map((role) => getOr(workflow.byRole, role, newTally)),
  ]) {
    tally.commands += 1
    tally.breaching += one
  }
  const broken = new Set<RuleTally>()
  for (const refusal of observed) {
    const [rule, clause] = [textIn(refusal, 'rule'), textIn(refusal, 'clause')]
    const tally = getOr(workflow.rules, JSON.stringify([rule, clause]), () => newRule(rule, clause))
    tally.codes.add(textIn(refusal, 'code'))
    broken.add(tally)
  }
  // A rule that refuses for two reasons at once was still broken by one command.
  for (const tally of broken) {
    tally.breaching += 1
    tally.people.add(actor.id)
    tally.byCommand.set(command, (tally.byCommand.get(command) ?? 0) + 1)
    for (const role of roles) tally.byRole.set(role, (tally.byRole.get(role) ?? 0) + 1)
    keepLatest(tally.latest, entry)
  }
}

const newRule = (rule: string, clause: string): RuleTally => ({
  rule,
  clause,
  codes: new Set(),
  byCommand: new Map(),
  byRole: new Map(),
  people: new Set(),
  latest: [],
  breaching: 0,
})

const later = (a: { readonly key: string; readonly at: number }, b: { readonly key: string; readonly at: number }): number =>
  b.at - a.at || (a.key < b.key ? 1 : -1)

function keepLatest(latest: RuleTally['latest'], { key, at }: JournalEntry): void {
  latest.push({ key, at })
  latest.sort(later)
  latest.length = Math.min(latest.length, maxExamples)
}

function workflowOf(kind: string, mode: Mode, tally: WorkflowTally): RolloutWorkflow {
  const { commands, breaching } = tally
  const counts = (of: ReadonlyMap<string, number>, all: ReadonlyMap<string, Tally>): readonly RolloutCount[] =>
    [...of].map(([name, n]) => ({ name, breaching: n, commands: all.get(name)?.commands ?? n })).sort(mostFirst)
  return {
    kind,
    mode,
    instances: tally.instances.size,
    commands,
    breaching,
    share: commands === 0 ? null : breaching / commands,
    rules: [...tally.rules.values()]
      .map((rule) => ({
        rule: rule.rule,
        clause: rule.clause,
        codes: [...rule.codes].sort(),
        breaching: rule.breaching,
        share: rule.breaching / commands,
        byCommand: counts(rule.byCommand, tally.byCommand),
        byRole: counts(rule.byRole, tally.byRole),
        people: rule.people.size,
        examples: rule.latest.map(({ key }) => key),
      }))
      .sort((a, b) => b.breaching - a.breaching || compareText(a.rule, b.rule) || compareText(a.clause, b.clause)),
  }
}

const mostFirst = (a: RolloutCount, b: RolloutCount): number => b.breaching - a.breaching || compareText(a.name, b.name)
