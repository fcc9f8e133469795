import type { ChildCommand } from '../../definition/actions.ts'
import { approvalRecorders, voidPending, withApproval } from '../../definition/approval-machine.ts'
import { timedOut } from '../../definition/approval-steps.ts'
import type { ComplaintContext, ComplaintEvent, Verdict } from './types.ts'

type Patch = Partial<ComplaintContext>
type EventOf<T extends ComplaintEvent['type']> = Extract<ComplaintEvent, { type: T }>
type Recorders = { readonly [T in ComplaintEvent['type']]: (context: ComplaintContext, event: EventOf<T>) => Patch }

const nothing = (): Patch => ({})

const timeOutOf =
  (name: keyof ComplaintContext['approvals']) =>
  (context: ComplaintContext, { at }: { readonly at: number }): Patch => {
    const approval = timedOut(context.approvals[name], at)
    return approval ? { approvals: { ...context.approvals, [name]: approval } } : {}
  }

const verdict = (
  context: ComplaintContext,
  event: EventOf<'customerSatisfied'> | EventOf<'customerPartlySatisfied'> | EventOf<'customerDissatisfied'>,
  says: Verdict['says'],
  reason: string | null,
): Patch => ({
  verdicts: [
    ...context.verdicts,
    {
      cycle: context.cycle,
      round: context.round,
      says,
      saidBy: event.command.saidBy,
      at: event.at,
      site: event.command.type === 'customerSatisfied' ? (event.command.site ?? null) : null,
      reason,
    },
  ],
  ...withApproval(context, event),
})

/**
 * What each event writes into the complaint: the whole bookkeeping of the machine in one table, so that the machine itself shows only states,
 * clocks and people. Pure; nothing here decides.
 */
export const complaintRecorders: Recorders = {
  open: (_, { command, inputs }) => ({
    accountId: command.accountId,
    tier: (inputs['tier'] as ComplaintContext['tier'] | undefined) ?? null,
    matter: command.matter,
    contact: command.contact,
    expectedSolution: command.expectedSolution,
    channel: command.channel,
    severity: command.severity,
    about: command.about,
    receivedAt: command.receivedAt,
    sites: command.sites,
    complex: command.complex,
    fromGroup: command.fromGroup,
    named: command.named,
    managerNamed: inputs['managerNamed'] === true,
    relatedTo: command.relatedTo ?? null,
  }),
  forward: (_, { command }) => ({ department: command.department, handler: null }),
  accept: (_, { command, actor }) => ({ handler: command.handler ?? actor.id }),
  disputeAssignment: nothing,
  assign: (_, { command }) => ({ department: command.department, handler: null }),
  callMeeting: (context) => ({ meetings: context.meetings + 1 }),
  contain: (context) => ({ containments: context.containments + 1 }),
  reclassify: (context, { command }) => ({
    severity: command.severity ?? context.severity,
    about: command.about ?? context.about,
    complex: command.complex ?? context.complex,
  }),
  split: (context, { command }) => ({ splitInto: context.splitInto + command.parts.length }),
  determine: (_, { command }) => ({
    cause: command.cause,
    responsibleParty: command.responsibleParty,
    rework: command.rework === undefined ? null : { nature: command.rework, result: null },
    goodsReturned: command.goodsReturned,
    disposition: null,
  }),
  notUphold: (_, { command, at }) => ({ cause: command.reasons, archivedAt: at }),
  reportRework: (context, { command }) => (context.rework ? { rework: { ...context.rework, result: command.result } } : {}),
  decideReturn: (_, { command }) => ({ disposition: command.disposition }),
  plan: (context, event) => {
    // What was approved or refused was another plan; only this one's approval counts.
    const { compensation: _, ...approvals } = context.approvals
    return {
      plan: {
        measures: event.command.measures,
        compensation: event.command.compensation ?? null,
        finishBy: event.command.finishBy ?? null,
      },
      approvals,
      ...withApproval({ ...context, approvals }, event),
    }
  },
  complete: (context, { command, at }) => ({
    result: command.result,
    toldAt: command.customerToldAt,
    attempts: [],
    followUpOver: false,
    ...voidPending(context, 'completed', at),
  }),
  recordContact: (context, { command, inputs }) => ({
    attempts: [
      ...context.attempts,
      {
        at: command.at,
        channel: command.channel,
        outcome: command.outcome,
        day: typeof inputs['day'] === 'string' ? inputs['day'] : '',
      },
    ],
  }),
  customerSatisfied: (context, event) => verdict(context, event, 'satisfied', null),
  customerPartlySatisfied: (context, event) => verdict(context, event, 'partlySatisfied', event.command.missing),
  customerDissatisfied: (context, event) => verdict(context, event, 'dissatisfied', event.command.reason),
  archive: (_, { command, at }) => ({
    lessons: command.lessons,
    prevention: { measure: command.prevention.measure, owner: command.prevention.owner, effective: null },
    archivedAt: at,
  }),
  checkPrevention: (context, { command }) => {
    if (!context.prevention) return {}
    return command.effective || command.newMeasure === undefined
      ? { prevention: { ...context.prevention, effective: command.effective } }
      : { prevention: { ...context.prevention, measure: command.newMeasure, effective: null } }
  },
  reopen: (context, { inputs }) => ({
    tier: (inputs['tier'] as ComplaintContext['tier'] | undefined) ?? null,
    managerNamed: inputs['managerNamed'] === true,
    cycle: context.cycle + 1,
    round: 1,
    plan: null,
    result: null,
    toldAt: null,
    extended: false,
    confirmation: null,
    waiting: null,
    rework: null,
    goodsReturned: false,
    disposition: null,
    attempts: [],
    followUpOver: false,
    approvals: {},
  }),
  withdraw: nothing,
  markDuplicate: (_, { command }) => ({ relatedTo: command.of }),
  requestExtension: withApproval,
  reportProgress: (_, { command }) => ({ lastProgressAt: command.toldAt }),
  waitForCustomer: (_, { command, at }) => ({ waiting: { reason: command.reason, question: command.question, since: at } }),
  customerReplied: () => ({ waiting: null }),
  tierChanged: (_, { command }) => ({ tier: command.tier }),
  ...approvalRecorders,
  'clock.followUp.breach': () => ({ followUpOver: true }),
  'clock.progress.breach': nothing,
  'clock.approvalExtension.breach': timeOutOf('extension'),
  'clock.approvalCompensation.breach': timeOutOf('compensation'),
  'clock.approvalDissatisfaction.breach': timeOutOf('dissatisfaction'),
}

/** The time-out clock of the approval that a vote decided. */
export function decidedClocks(event: ComplaintEvent): readonly string[] {
  const after = event.inputs['approval'] as { name?: string } | undefined
  return after?.name === 'extension' ? ['approvalExtension'] : after?.name === 'compensation' ? ['approvalCompensation'] : []
}

/** The complaints that `split§` opens: the parts, with the parent's contact, channel and receipt. */
export function splitCommands(context: ComplaintContext, event: EventOf<'split'>): readonly ChildCommand[] {
  return event.command.parts.map((part) => ({
    kind: 'complaint',
    command: {
      type: 'open',
      accountId: context.accountId,
      matter: part.matter,
      contact: context.contact,
      expectedSolution: context.expectedSolution,
      channel: context.channel,
      severity: context.severity,
      about: context.about,
      receivedAt: context.receivedAt,
      sites: part.sites,
      complex: context.complex,
      fromGroup: context.fromGroup,
      named: context.named,
      relatedTo: event.instanceId,
    },
  }))
}
