import {
  applyDiff,
  baselineSchema,
  classOfChange,
  contentHash,
  diffBaselines,
  dimensionsOf,
  undoChange,
  type Baseline,
} from '../../baselines/index.ts'
import { rolesOfScheme, type ApprovalResult } from '../../approvals/index.ts'
import { after, approvalBasis, makersOf, openOn } from '../../definition/approval-steps.ts'
import {
  systemActor,
  type Prepared,
  type ProjectSummary,
  type RuleInput,
  type SchemeName,
} from '../../definition/define-workflow.ts'
import type { JsonValue } from '../../errors/index.ts'
import { affectedHead } from '../../policy/index.ts'
import type { Failure } from '../../rules/index.ts'
import type { ProjectChangeCommands } from './commands.ts'
import { assessedWith, assessmentOf } from './record.ts'
import { baselineMoved } from './rules.ts'
import type { Assessment, Measured, ProjectChangeContext } from './types.ts'

type Input<T extends keyof ProjectChangeCommands> = RuleInput<ProjectChangeContext, ProjectChangeCommands[T]>
type AnyInput = RuleInput<ProjectChangeContext>

const refused = (...failures: readonly Failure[]): Prepared => ({ ok: false, clause: 'CHG-02', failures })
const json = (value: object): JsonValue => value as unknown as JsonValue

/** What was seen of the project; rules have said already why it will not do, but `observe` lets rules pass, and nothing can be measured against nothing. */
function projectOf({ facts, context, command }: AnyInput): ProjectSummary | Failure {
  const { project } = facts
  const asked = typeof command['projectId'] === 'string' ? command['projectId'] : context.projectId
  if (project == null) return { code: 'project_unknown', required: null, actual: asked }
  if (project.baseline === null) return { code: 'project_not_active', required: 'active', actual: project.status }
  return project
}
const isFailure = (found: ProjectSummary | Failure): found is Failure => 'code' in found

/** The difference from the baseline in force, its class from the group's own, and whose consent it needs [CHG-01, decision 10]. */
function measure(input: AnyInput, content: Baseline, project: ProjectSummary): Measured {
  const { calendar, policy, hashOf } = input
  const before = project.baseline as unknown as Baseline
  const diff = diffBaselines(before, content, calendar)
  const dimensions = dimensionsOf(diff)
  return {
    contentHash: contentHash(content, hashOf),
    baseVersion: project.version,
    before,
    diff,
    ...classOfChange(diffBaselines(project.groupBaseline as unknown as Baseline, content, calendar), policy.change),
    consentFor: dimensions.filter((dimension) => policy.change.consentFor.includes(dimension)),
  }
}

/** Who never votes: whoever applied or amended. Whoever sends the present command has not made anything by that. */
const makersOfChange = (input: AnyInput, materials: readonly string[]): readonly string[] =>
  makersOf({ ...input, actor: systemActor }, materials)

/** What the members vote on. Every part of it is in their basis: votes on anything else do not fit. */
const material = {
  emergency: ({ contentHash: hash, baseVersion }: Measured, why: string): JsonValue => ({ contentHash: hash, baseVersion, why }),
  change: (measured: Measured, assessments: readonly Assessment[]): JsonValue => ({
    contentHash: measured.contentHash,
    baseVersion: measured.baseVersion,
    class: measured.class,
    assessments: assessments.map(({ dimension, impact, magnitude }) => ({ dimension, impact, magnitude })),
  }),
}

/** Every affected department has its say: one without a head has nobody to give it, and nobody else gives it instead. */
function openForDepartments(input: AnyInput, scheme: SchemeName, asked: JsonValue, makers: readonly string[]): ApprovalResult {
  const opened = openOn(input, scheme, asked, makers)
  const spec = input.policy.approval[scheme]
  if (!rolesOfScheme(spec).includes(affectedHead)) return opened
  const stage = spec.stages.find((s) => [...s.electors, ...s.required, ...s.veto].includes(affectedHead))?.id ?? null
  const headed = (department: string): boolean =>
    (input.facts.electors ?? []).some((e) => e.role === affectedHead && e.department === department)
  const headless = input.context.departments
    .filter((department) => !headed(department))
    .map((department): Failure => {
      const role = `${department}.head`
      return {
        code: 'empty_electorate',
        required: { stage, role },
        actual: { holders: 0, eligible: 0 },
        remedy: { kind: 'ask', roles: [role] },
      }
    })
  if (headless.length === 0) return opened
  return { ok: false, failures: [...headless, ...(opened.ok ? [] : opened.failures)] }
}

/** The scheme of the class. An emergency has one of its own afterwards: it is assessed only once it is in force [decision 10]. */
export const schemeOf = (context: ProjectChangeContext): SchemeName =>
  context.emergency !== null ? 'ratification' : context.measured?.class === 'major' ? 'changeMajor' : 'changeMinor'

/** Nobody opens a change of a project that is not there, nor for another customer than the project's, in no mode. */
export function prepareOpening(input: Input<'open'>): Prepared {
  const project = projectOf(input)
  if (isFailure(project)) return refused(project)
  return project.accountId === input.accountId
    ? { ok: true, inputs: {} }
    : refused({ code: 'value_not_allowed', required: [project.accountId], actual: input.accountId })
}

/** The content without the change that is undone, as the project stands by now; nothing, where later changes have replaced it all. */
export function prepareChangeBack(input: Input<'openChangeBack'>): Prepared {
  const { command, calendar } = input
  const project = projectOf(input)
  if (isFailure(project)) return refused(project)
  const content = undoChange(project.baseline as unknown as Baseline, command.content, command.undoes, calendar)
  const measured = measure(input, content, project)
  return { ok: true, inputs: { content, measured: json(measured), nothingToUndo: measured.diff.length === 0 } }
}

/** What was applied for, measured; an emergency goes to its approval at once. */
export function prepareContent(input: Input<'apply'> | Input<'amend'>): Prepared {
  const { command, context } = input
  const why = command.type === 'apply' ? (command.emergency?.why ?? null) : (context.emergency?.why ?? null)
  return measuredInputs(input, command.content, why, makersOf(input, ['change']))
}

/**
 * The same change on the baseline of now: what it was to change is carried over, what others have changed since stays. The full content as it was applied for
 * would undo theirs.
 */
export function prepareReassessment(input: Input<'reassess'>): Prepared {
  const { context } = input
  if (context.measured === null) return refused({ code: 'field_missing', required: 'content', actual: null })
  const project = projectOf(input)
  if (isFailure(project)) return refused(project)
  const carried = baselineSchema.safeParse(applyDiff(project.baseline as unknown as Baseline, context.measured.diff))
  if (!carried.success)
    return refused({
      code: 'value_not_allowed',
      required: carried.error.issues[0]?.message ?? 'a baseline',
      actual: carried.error.issues[0]?.path.join('.') ?? 'content',
      remedy: { kind: 'send', command: 'amend' },
    })
  const prepared = measuredInputs(input, carried.data, context.emergency?.why ?? null, makersOfChange(input, ['change']))
  return prepared.ok ? { ok: true, inputs: { ...prepared.inputs, content: carried.data } } : prepared
}

function measuredInputs(input: AnyInput, content: Baseline, why: string | null, makers: readonly string[]): Prepared {
  const project = projectOf(input)
  if (isFailure(project)) return refused(project)
  const measured = measure(input, content, project)
  if (measured.diff.length === 0)
    return refused({ code: 'nothing_to_change', required: 'another content', actual: project.version })
  if (why === null) return { ok: true, inputs: { measured: json(measured) } }
  const opened = openOn(input, 'changeEmergency', material.emergency(measured, why), makers)
  if (!opened.ok) return refused(...opened.failures)
  return { ok: true, inputs: { measured: json(measured), approval: after('emergency', opened.approval, 'opened') } }
}

/** The last assessment opens the approval; an emergency that is in force already goes to ratification. */
export function prepareAssessment(input: Input<'assess'>): Prepared {
  const { context, facts, state } = input
  const { measured } = context
  if (measured === null) return refused({ code: 'field_missing', required: 'content', actual: null })
  const assessments = assessedWith(context, assessmentOf(input))
  const complete = dimensionsOf(measured.diff).every((dimension) => assessments.some((a) => a.dimension === dimension))
  if (!complete) return { ok: true, inputs: {} }
  const ratifying = state === 'ratifying'
  const moved = ratifying ? null : baselineMoved(context, facts.project?.version)
  if (moved !== null) return refused(moved)
  const opened = openForDepartments(
    input,
    schemeOf(context),
    material.change(measured, assessments),
    makersOfChange(input, ['change']),
  )
  if (!opened.ok) return refused(...opened.failures)
  return { ok: true, inputs: { approval: after(ratifying ? 'ratification' : 'change', opened.approval, 'opened') } }
}

/**
 * CHG-02, in every mode: only what was approved is implemented, as it was approved, on the baseline that it was approved on. The approval's own basis says so
 * once more, whatever the state says.
 */
export function prepareImplementation(input: Input<'implement'>): Prepared {
  const { context, hashOf } = input
  const { content, measured, emergency, approvals } = context
  const project = projectOf(input)
  if (isFailure(project)) return refused(project)
  if (project.status !== 'active') return refused({ code: 'project_not_active', required: 'active', actual: project.status })
  const moved = baselineMoved(context, project.version)
  if (moved !== null) return refused(moved)
  const missing: Failure = { code: 'approval_missing', required: null, actual: null }
  if (content === null || measured === null) return refused(missing)
  const approval = emergency === null ? approvals.change : approvals.emergency
  const approved =
    emergency === null ? material.change(measured, context.assessments) : material.emergency(measured, emergency.why)
  const isApproved =
    approval?.decision?.outcome === 'approved' && approval.voided === null && approval.basis === approvalBasis(input, approved)
  const isConsented = emergency !== null || measured.consentFor.length === 0 || context.consent !== null
  const isSame = contentHash(content, hashOf) === measured.contentHash
  return isApproved && isConsented && isSame ? { ok: true, inputs: {} } : refused(missing)
}

/** The group decides whether it stays, on what is in force and why it should go. */
export function prepareAcceptance(input: Input<'acceptAsIs'>): Prepared {
  const { command, context } = input
  const { measured, appliedVersion, rollback } = context
  if (measured === null || rollback === null) return refused({ code: 'field_missing', required: 'content', actual: null })
  const asked = { contentHash: measured.contentHash, appliedVersion, because: rollback.because, reason: command.reason }
  const opened = openForDepartments(input, 'changeMajor', asked, makersOf(input, ['change', 'acceptance']))
  if (!opened.ok) return refused(...opened.failures)
  return { ok: true, inputs: { approval: after('acceptance', opened.approval, 'opened') } }
}
