import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { copyOf } from '../definition/approval-machine.ts'
import type { WorkflowDefinition } from '../definition/define-workflow.ts'
import { accountLedger } from '../ledgers/account/index.ts'
import { accountStates } from '../ledgers/account/types.ts'
import { policyLedger } from '../ledgers/policy/index.ts'
import { policyLedgerStates } from '../ledgers/policy/types.ts'
import { projectLedger } from '../ledgers/project/index.ts'
import { projectStates } from '../ledgers/project/types.ts'
import { manufacturerCn } from '../policy/index.ts'
import { aDown } from '../scoring/adjust/a-down.ts'
import { aUp } from '../scoring/adjust/a-up.ts'
import { bDown } from '../scoring/adjust/b-down.ts'
import { bUp } from '../scoring/adjust/b-up.ts'
import { cDown } from '../scoring/adjust/c-down.ts'
import { dDown } from '../scoring/adjust/d-down.ts'
import { fallbackDown } from '../scoring/adjust/fallback-down.ts'
import { fallbackUp } from '../scoring/adjust/fallback-up.ts'
import { evidenceWith, policyWith, trendWith } from '../scoring/testing/fixtures.ts'
import { admissionWorkflow } from '../workflows/admission/index.ts'
import { admissionStates } from '../workflows/admission/types.ts'
import { complaintWorkflow } from '../workflows/complaint/index.ts'
import { complaintStates } from '../workflows/complaint/types.ts'
import { policyPublicationWorkflow } from '../workflows/policy-publication/index.ts'
import { policyPublicationStates } from '../workflows/policy-publication/types.ts'
import { projectChangeWorkflow } from '../workflows/project-change/index.ts'
import { projectChangeStates } from '../workflows/project-change/types.ts'
import { tierAdjustmentWorkflow } from '../workflows/tier-adjustment/index.ts'
import { tierAdjustmentStates } from '../workflows/tier-adjustment/types.ts'
import {
  clockNames,
  customerMessageNames,
  findingCodes,
  formNames,
  messageNames,
  noDueReasons,
  numberConditions,
  projectionOnlyFields,
  taskNames,
} from './keys.ts'
import { locales } from './locale.ts'
import { textOf } from './text-of.ts'

const workflows: readonly { readonly definition: WorkflowDefinition; readonly states: readonly string[] }[] = [
  { definition: admissionWorkflow, states: admissionStates },
  { definition: complaintWorkflow, states: complaintStates },
  { definition: tierAdjustmentWorkflow, states: tierAdjustmentStates },
  { definition: accountLedger, states: accountStates },
  { definition: projectLedger, states: projectStates },
  { definition: projectChangeWorkflow, states: projectChangeStates },
  { definition: policyLedger, states: policyLedgerStates },
  { definition: policyPublicationWorkflow, states: policyPublicationStates },
]

interface Named {
  readonly type: string
  readonly params: { readonly [name: string]: unknown }
}

/** Everything under a machine's configuration that looks like an action with parameters; computed ones are computed for each context. */
function actionsOf(part: unknown, contexts: readonly object[]): readonly Named[] {
  if (Array.isArray(part)) return part.flatMap((item) => actionsOf(item, contexts))
  if (typeof part !== 'object' || part === null) return []
  const { type, params } = part as { type?: unknown; params?: unknown }
  if (typeof type === 'string' && typeof params === 'object' && params !== null)
    return [{ type, params: params as Named['params'] }]
  if (typeof type === 'string' && typeof params === 'function') {
    const event = {
      type: 'none',
      at: 0,
      instanceId: 'i-1',
      inputs: {},
      command: { parts: [], reason: 'customerAnswer', receivedAt: 0 },
    }
    return contexts.map((context) => ({ type, params: (params as (args: object) => Named['params'])({ context, event }) }))
  }
  return Object.values(part).flatMap((item) => actionsOf(item, contexts))
}

const actions = workflows.flatMap(({ definition: { machine, initialContext } }) =>
  actionsOf(machine.config.states, [
    initialContext as object,
    { ...(initialContext as object), decided: 'exit' },
    { ...(initialContext as object), decided: 'B' },
  ]),
)
const named = (type: string, param: string): readonly string[] => [
  ...new Set(actions.filter((action) => action.type === type).map((action) => String(action.params[param]))),
]
const source = (folder: string): string =>
  readdirSync(new URL(`../${folder}/`, import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('testing'))
    .map((file) => readFileSync(new URL(`../${folder}/${file}`, import.meta.url), 'utf8'))
    .join('\n')
const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].sort()

describe.each(locales)('walking machines and definitions, every name has a text: %s', (locale) => {
  const texts = textOf(locale)
  const missing = (names: Iterable<string>, table: object): readonly string[] =>
    sorted(names).filter((name) => !Object.hasOwn(table, name))

  it('messages and forms', () => {
    expect(actions.length).toBeGreaterThan(100)
    expect(missing([...named('notify', 'message'), ...Object.values(copyOf)], texts.effects.messages)).toEqual([])
    expect(missing(named('tellCustomer', 'message'), texts.effects.customerMessages)).toEqual([])
    const forms = workflows.flatMap(({ definition }) => Object.values(definition.commands).flatMap((spec) => spec.form ?? []))
    expect(missing([...forms, ...named('fileDocument', 'form')], texts.effects.forms)).toEqual([])
    expect(missing(named('createTask', 'task'), texts.effects.tasks)).toEqual([])
  })
  it('clocks, in definitions and in machines', () => {
    const clocks = workflows.flatMap(({ definition }) => Object.keys(definition.clocks))
    const started = ['startClock', 'restartClock', 'stopClock'].flatMap((type) => named(type, 'clock'))
    expect(missing([...clocks, ...started], texts.clocks)).toEqual([])
  })
  it('states, kinds and commands', () => {
    for (const { definition, states } of workflows) {
      const kind = definition.kind as keyof typeof texts.states
      expect(texts.kinds[kind]).toBeTypeOf('string')
      expect(missing(states, texts.states[kind])).toEqual([])
      expect(missing(Object.keys(definition.commands), texts.commands[kind])).toEqual([])
    }
  })
  it('fields of the command forms and of the records', () => {
    for (const { definition } of workflows) {
      expect(missing(Object.keys(definition.fields(definition.initialContext)), texts.fields)).toEqual([])
      for (const spec of Object.values(definition.commands)) {
        const { shape = {} } = spec.schema as { shape?: object }
        expect(
          missing(
            Object.keys(shape).filter((field) => field !== 'type'),
            texts.fields,
          ),
        ).toEqual([])
      }
    }
  })
  it('rules of the tables, of the gate and of every place that makes a refusal', () => {
    const inTables = workflows.flatMap(({ definition }) => [
      ...definition.everyCommand.map((rule) => rule.name),
      ...Object.values(definition.commands).flatMap((spec) =>
        [...(spec.rules ?? []), ...(spec.formRules ?? [])].map((rule) => rule.name),
      ),
    ])
    const elsewhere = [...source('runtime').matchAll(/rule: '(\w+)'/g)].map((match) => match[1] ?? '')
    expect(inTables.length).toBeGreaterThan(40)
    expect(elsewhere.length).toBeGreaterThan(5)
    expect(missing([...inTables, ...elsewhere], texts.rules)).toEqual([])
  })
  it('reasons for having no due instant', () => {
    const reasons = workflows.flatMap(({ definition, states }) =>
      states.map((state) => definition.noDueReason(state, definition.initialContext)),
    )
    expect(missing(['closed', ...reasons], texts.noDueReasons)).toEqual([])
  })
  it('approvals', () => {
    const schemas = workflows.flatMap(({ definition }) => {
      const vote = definition.commands['vote']?.schema as { shape?: { approval?: { options?: readonly string[] } } } | undefined
      return vote?.shape?.approval?.options ?? []
    })
    expect(schemas.length).toBe(14)
    expect(missing(schemas, texts.approvals.names)).toEqual([])
    const stages = Object.values(manufacturerCn().approval).flatMap((scheme) => scheme.stages.map((stage) => stage.id))
    expect(missing(stages, texts.approvals.stages)).toEqual([])
  })
  it('conditions of the rules of rising and falling', () => {
    const names = (['each', 'cumulated'] as const).flatMap((twoCycle) => {
      const policy = policyWith((p) => {
        p.growth.twoCycle = twoCycle
      })
      const input = { policy, trend: trendWith({}), evidence: evidenceWith() }
      const classification = { tier: 'C', status: 'assessed' } as never
      const outcomes = [aUp, bUp, aDown, bDown, cDown, dDown].map((rule) => rule(input))
      return [
        ...outcomes,
        fallbackUp('C', classification, policy, true),
        fallbackDown('B', classification, undefined, policy, true),
      ]
        .flatMap((outcome) => outcome?.conditions ?? [])
        .map((condition) => condition.name)
    })
    expect(missing(names, texts.scoring.conditions)).toEqual([])
    expect(missing(numberConditions, Object.fromEntries(names.map((name) => [name, true])))).toEqual([])
  })
  it('findings of policy, calendar and commands', () => {
    const code = /(?:problem|doubt|finding|report)\(\s*(?:[^,()]|\((?:[^()]|\([^()]*\))*\))+,\s*'([a-z_]+)'|code: '([a-z_]+)'/g
    const found = ['policy', 'calendar'].flatMap((folder) => [...source(folder).matchAll(code)].map((m) => m[1] ?? m[2] ?? ''))
    expect(found.length).toBeGreaterThan(50)
    expect(missing(found, texts.errors.findings)).toEqual([])
  })
})

describe('the lists of names beside the types', () => {
  it('hold nothing that no machine or definition uses', () => {
    const clocks = workflows.flatMap(({ definition }) => Object.keys(definition.clocks))
    expect(sorted(clockNames)).toEqual(sorted(clocks))
    expect(sorted(messageNames)).toEqual(sorted([...named('notify', 'message'), ...Object.values(copyOf)]))
    expect(sorted(taskNames)).toEqual(sorted(named('createTask', 'task')))
    expect(sorted(customerMessageNames)).toEqual(sorted(named('tellCustomer', 'message')))
    const forms = workflows.flatMap(({ definition }) => Object.values(definition.commands).flatMap((spec) => spec.form ?? []))
    expect(sorted(formNames)).toEqual(sorted([...forms, ...named('fileDocument', 'form')]))
    const reasons = workflows.flatMap(({ definition, states }) =>
      states.map((state) => definition.noDueReason(state, definition.initialContext)),
    )
    expect(sorted(noDueReasons)).toEqual(sorted(['closed', ...reasons]))
    const records = workflows.flatMap(({ definition }) => Object.keys(definition.fields(definition.initialContext)))
    expect(projectionOnlyFields.filter((name) => !records.includes(name))).toEqual([])
    expect(new Set(findingCodes).size).toBe(findingCodes.length)
  })
})
