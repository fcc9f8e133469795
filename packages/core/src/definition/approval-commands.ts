import { z } from 'zod'
import type { Approval } from '../approvals/index.ts'
import type { Rule } from '../rules/index.ts'
import { actOnApproval } from './approval-steps.ts'
import { mayRule, type RuleInput } from './define-workflow.ts'
import { instant, personId, text } from './fields.ts'

/**
 * The commands that practice asks of every approval: voting, adding an approver (加签), transferring (转办), copying (抄送), recusal, replacing an
 * elector, and giving an opinion without a vote. One definition for all workflows; `names` are the approvals that a workflow holds.
 */
export const approvalCommandSchemas = <Names extends z.ZodType<string>>(names: Names) => ({
  vote: z.strictObject({
    type: z.literal('vote'),
    approval: names,
    decision: z.enum(['approve', 'reject', 'sendBack']),
    comment: text(2000).optional(),
    conditions: z
      .array(z.strictObject({ text: text(500), dueAt: instant }))
      .max(20)
      .optional(),
    /** For whom the voter votes, by a dated delegation. */
    onBehalfOf: personId.optional(),
    /** Hash of the material that the voter saw. */
    basis: text(64).optional(),
  }),
  addApprover: z.strictObject({
    type: z.literal('addApprover'),
    approval: names,
    person: personId,
    reason: text(500),
    /** Whether the added person decides before the stage goes on, after it, or beside its electors. */
    position: z.enum(['before', 'after', 'parallel']).default('parallel'),
  }),
  transferVote: z.strictObject({ type: z.literal('transferVote'), approval: names, to: personId, reason: text(500) }),
  copyTo: z.strictObject({ type: z.literal('copyTo'), approval: names, people: z.array(personId).min(1).max(20) }),
  recuse: z.strictObject({ type: z.literal('recuse'), approval: names, reason: text(500) }),
  replaceElector: z.strictObject({
    type: z.literal('replaceElector'),
    approval: names,
    person: personId,
    to: personId,
    reason: text(500),
  }),
  giveOpinion: z.strictObject({
    type: z.literal('giveOpinion'),
    approval: names,
    opinion: z.enum(['support', 'neutral', 'concern']),
    comment: text(2000),
  }),
})

/**
 * I-17: only an admission keeps conditions and asks for them before the signing [ADM-07]. Anywhere else nobody would ever look at one again, so that an approval
 * under conditions would pass as one without.
 */
export const mayVoteWithoutConditions = mayRule<unknown>('mayVoteWithoutConditions', 'I-17', ({ command }) =>
  Array.isArray(command['conditions']) && command['conditions'].length > 0
    ? {
        code: 'value_not_allowed',
        required: [],
        actual: command['conditions'].length,
        remedy: { kind: 'change', field: 'decision', to: 'sendBack' },
      }
    : null,
)

/** What is alike in the commands on approvals: who has a vote says the electorate, not a role. */
export const approvalCommand = <
  Schema,
  Input,
  Context extends { readonly approvals: { readonly [name: string]: Approval | undefined } },
>(
  schema: Schema,
  mayAct: Rule<Input>,
  roles: readonly string[] = ['*'],
) => ({
  schema,
  clause: 'I-17',
  roles,
  needs: { delegations: true },
  rules: [mayAct],
  formRules: [mayVoteWithoutConditions],
  prepare: (input: RuleInput<Context>) => actOnApproval(input, input.context.approvals, input.command),
})
