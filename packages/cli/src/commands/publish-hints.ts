import type { Locale, PolicyPublicationState, Refusal } from '@ka-governance/core'
import { say, type Said } from '../said.ts'

/** What a hint is given about the step that was refused. */
export interface RefusedStep {
  /** The verb. */
  readonly step: string
  /** The publication as the person named it: its file, or its id. */
  readonly name: string
  /** `null`: it is not open yet. */
  readonly state: PolicyPublicationState | null
  readonly refusals: readonly Refusal[]
  /** People of the directory; `null`: the policy names none. */
  readonly people: readonly string[] | null
  readonly actor: string
}

/** A refusal as it is told here, and what helps by the verbs of the command line. */
export interface Hinted {
  readonly refusals: readonly Refusal[]
  readonly hints: readonly Said[]
}

const type = (command: string): Said => say(`ka-governance publish ${command}`, `ka-governance publish ${command}`)

const another = say('give the next version a number of its own, and open it', '请为下一个版本另编版本号后开启')

/** What may be done next with a publication, by its state. */
const byState: { readonly [S in PolicyPublicationState]: (name: string) => readonly Said[] } = {
  opening: (name) => [type(`open ${name}`)],
  drafting: (name) => [type(`check ${name}`)],
  checked: (name) => [type(`what-if ${name} EVIDENCE`), type(`submit ${name}`)],
  inApproval: (name) => [type(`vote ${name} approve`), type(`status ${name}`)],
  scheduled: (name) => [type(`status ${name}`), type(`withdraw ${name} --reason TEXT`)],
  inForce: () => [another],
  superseded: () => [another],
  withdrawn: () => [another],
  rejected: () => [another],
}

/** Options that fields of commands have here. */
const optionOf: { readonly [field: string]: string } = {
  comment: '--reason TEXT',
  reason: '--reason TEXT',
  basis: '--basis HASH',
}

const simulateAgain = (name: string): Said =>
  say(
    `ka-governance simulate ${name} --evidence EVIDENCE, with just the draft that was checked`,
    `请用已检查的草案重新测算：ka-governance simulate ${name} --evidence EVIDENCE`,
  )

/** What is done here where a refusal asks for a command to be sent first. */
const toSend: { readonly [command: string]: (name: string) => readonly Said[] } = {
  check: byState.drafting,
  recordWhatIf: (name) => [simulateAgain(name), type(`what-if ${name} EVIDENCE`)],
  migrate: (name) => [type(`move ${name} --reason TEXT`)],
}

function afterRefusal(refusal: Refusal, { step, name, state, people, actor }: RefusedStep): readonly Said[] {
  const { code, remedy } = refusal
  if (state !== null && (code === 'command_not_available' || code === 'already_done')) return byState[state](name)
  if (code === 'basis_changed') return step === 'what-if' ? [simulateAgain(name)] : [type(`status ${name}`)]
  if (remedy?.kind === 'send' && Object.hasOwn(toSend, remedy.command)) return toSend[remedy.command]?.(name) ?? []
  if (remedy?.kind === 'fill' && Object.hasOwn(optionOf, remedy.field)) {
    const option = optionOf[remedy.field] ?? ''
    return [say(`add ${option}`, `请加${option}`)]
  }
  if (code === 'actor_without_roles' && people !== null && !people.includes(actor))
    return [
      say(
        `the directory has nobody with the id ${actor}; it has ${people.slice(0, 12).join(', ')}${people.length > 12 ? ' …' : ''}`,
        `人员名录中没有编号${actor}；其中有${people.slice(0, 12).join('、')}${people.length > 12 ? '等' : ''}`,
      ),
    ]
  return []
}

/** Refusals name commands of workflows; whoever sits at a command line needs its verbs. Where these are told, the others are not. */
export function hintsFor(step: RefusedStep): Hinted {
  const hints = new Map<string, Said>()
  const refusals = step.refusals.map((refusal): Refusal => {
    const found = afterRefusal(refusal, step)
    for (const hint of found) hints.set(hint.en, hint)
    if (found.length === 0) return refusal
    const { remedy, ...rest } = refusal
    return rest
  })
  return { refusals, hints: [...hints.values()] }
}

/** The lines of hints. */
export const hintLines = (hints: readonly Said[], locale: Locale): readonly string[] => hints.map((hint) => `  → ${hint[locale]}`)
