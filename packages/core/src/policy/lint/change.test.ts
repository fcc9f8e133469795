import { describe } from 'vitest'
import { days, elapsed, h, testCases, wd } from './testing/cases.ts'

describe('project changes', () => {
  testCases([
    {
      title: 'decision 10: every change of the budget is major',
      changes: [['change.majorBudgetShare', 0]],
      finds: [['warning', 'value', 'change.majorBudgetShare', 'decision 10']],
      mend: [['change.majorBudgetShare', 0.1]],
    },
    {
      title: 'decision 10: no change of the budget is major',
      changes: [['change.majorBudgetShare', 100]],
      finds: [['warning', 'value', 'change.majorBudgetShare', 'decision 10']],
      mend: [['change.majorBudgetShare', 99]],
    },
    {
      title: 'decision 10: ratified sooner than the emergency is approved',
      changes: [['change.ratifyWithin', elapsed(3)]],
      finds: [['warning', 'contradiction', 'change.ratifyWithin', 'decision 10']],
      mend: [['change.ratifyWithin', elapsed(4)]],
    },
    {
      title: 'decision 10: the same in working time, mended at the stage',
      changes: [
        ['change.ratifyWithin', wd(1)],
        ['approval.changeEmergency.stages[0].timeout', h(9)],
      ],
      finds: [['warning', 'contradiction', 'change.ratifyWithin', 'decision 10']],
      mend: [['approval.changeEmergency.stages[0].timeout', h(8)]],
    },
    {
      title: 'decision 10: a ratification shorter than the stages of a major change has its own clock',
      changes: [['change.ratifyWithin', wd(1)]],
      finds: [],
      mend: [],
    },
    {
      title: 'CHG-01: expired before it can be implemented: 21 days against 3 + 3 + 10 working days',
      changes: [['change.expiresAfter', days(21)]],
      finds: [['warning', 'contradiction', 'change.expiresAfter', 'CHG-01']],
      mend: [['change.consentWithin', wd(9)]],
    },
    {
      title: 'CHG-01: no time-outs, and yet no time',
      changes: [
        ['change.expiresAfter', wd(12)],
        ['approval.changeMajor.stages[0].timeout', undefined],
        ['approval.changeMajor.stages[0].escalateTo', undefined],
        ['approval.changeMajor.stages[1].timeout', undefined],
        ['approval.changeMajor.stages[1].escalateTo', undefined],
      ],
      finds: [['warning', 'contradiction', 'change.expiresAfter', 'CHG-01']],
      mend: [['change.expiresAfter', wd(13)]],
    },
    {
      title: 'CHG-01: a minor change without the affected department',
      changes: [['approval.changeMinor.stages[0].electors', ['accountManager']]],
      finds: [['warning', 'missing', 'approval.changeMinor', 'I-17']],
      mend: [['approval.changeMinor.stages[0].electors[1]', 'affected.head']],
    },
    {
      title: 'CHG-01: a major change without the affected departments, without the head of the group',
      changes: [
        ['approval.changeMajor.stages[0].required', []],
        ['approval.changeMajor.stages[1].electors', ['product.head']],
      ],
      finds: [
        ['warning', 'missing', 'approval.changeMajor', 'I-17'],
        ['warning', 'missing', 'approval.changeMajor', 'I-17'],
      ],
      mend: [
        ['approval.changeMajor.stages[0].electors[1]', 'kaGroup.head'],
        ['approval.changeMajor.stages[1].electors[1]', 'affected.head'],
      ],
    },
    {
      title: 'I-17: affected departments as voters, and as those who are told',
      changes: [
        ['approval.changeMinor.stages[0].heard', ['affected.head']],
        ['approval.changeMinor.stages[0].escalateTo', 'affected.head'],
        ['approval.changeMajor.copy', ['sales.head', 'affected.head']],
      ],
      finds: [
        ['error', 'contradiction', 'approval.changeMinor.stages[0].escalateTo', 'I-17'],
        ['error', 'contradiction', 'approval.changeMajor.copy[1]', 'I-17'],
      ],
      mend: [
        ['approval.changeMinor.stages[0].escalateTo', 'kaGroup.head'],
        ['approval.changeMajor.copy[1]', 'product.head'],
      ],
    },
    {
      title: 'I-17: affected departments where nothing is affected',
      changes: [
        ['approval.plan.stages[0].heard', ['affected.head']],
        ['approval.blacklist.copy', ['affected.head']],
        ['authority', { 'complaint.forward': ['affected.head'] }],
        ['dataOwner.tier', 'affected.head'],
      ],
      finds: [
        ['error', 'contradiction', 'authority["complaint.forward"][0]', 'SEC-02'],
        ['error', 'contradiction', 'approval.plan.stages[0].heard[0]', 'I-17'],
        ['error', 'contradiction', 'approval.blacklist.copy[0]', 'I-39'],
        ['error', 'contradiction', 'dataOwner.tier', 'decision 8'],
      ],
      mend: [
        ['approval.plan.stages[0].heard[0]', 'product.head'],
        ['approval.blacklist.copy[0]', 'product.head'],
        ['authority', { 'complaint.forward': ['product.head'] }],
        ['dataOwner.tier', 'product.head'],
      ],
    },
  ])
})
