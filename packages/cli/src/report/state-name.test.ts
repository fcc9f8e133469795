import { formatStateName } from '@ka-governance/core'
import * as machines from '@ka-governance/core/machines'
import { describe, expect, it } from 'vitest'
import { readStatechart } from './statechart.ts'
import { stateName } from './state-name.ts'

const charts = [
  machines.complaintMachine,
  machines.tierAdjustmentMachine,
  machines.admissionMachine,
  machines.accountMachine,
  machines.projectMachine,
  machines.projectChangeMachine,
]

describe('the names of states in the report', () => {
  it.each(['en', 'zh-CN'] as const)('are those of the SDK, and nothing stands there by its id: %s', (locale) => {
    for (const machine of charts)
      for (const { name, kind } of readStatechart(machine).states) {
        const said = stateName(machine.id, name, locale)
        expect([machine.id, name, said]).not.toEqual([machine.id, name, name])
        // Only what holds other states is named here.
        if (kind !== 'compound' && kind !== 'parallel') expect(said).toBe(formatStateName(name, locale, machine.id))
      }
    expect(stateName('complaint', 'notOpened', locale)).toBe(locale === 'en' ? 'Not opened' : '未受理')
  })
})
