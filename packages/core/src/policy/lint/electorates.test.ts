import { describe, expect, test } from 'vitest'
import { checkPolicy } from '../load.ts'
import { without } from '../testing.ts'
import { changed, testCases, wd } from './testing/cases.ts'

describe('those who must act', () => {
  testCases([
    {
      title: 'I-17: a role of a department that does not exist',
      changes: [['approval.extension.stages[0].electors', ['custmerService.head']]],
      finds: [['error', 'unknown_reference', 'approval.extension.stages[0].electors[0]', 'I-17']],
      mend: [['approval.extension.stages[0].electors[0]', 'customerService.head']],
    },
    {
      title: 'I-17: a role that nobody holds',
      changes: [
        ['approval.extension.stages[0].electors', ['regionalManager']],
        ['approval.tier.copy', ['salesBackOffice']],
      ],
      finds: [
        ['warning', 'nobody_told', 'approval.tier.copy[0]', 'I-17'],
        ['error', 'empty_electorate', 'approval.extension.stages[0].electors[0]', 'I-17'],
      ],
      mend: [
        ['directory.people.u-weber.roles', ['production', 'regionalManager']],
        ['approval.tier.copy[0]', 'sales'],
      ],
    },
    {
      title: 'I-17: an escalation to a role that nobody holds, a substitute that is nobody',
      changes: [
        ['approval.tier.stages[0].escalateTo', 'regionalManager'],
        ['approval.compensation.substitute', 'regionalManager'],
      ],
      finds: [
        ['error', 'empty_electorate', 'approval.tier.stages[0].escalateTo', 'I-17'],
        ['error', 'empty_electorate', 'approval.compensation.substitute', 'I-17'],
      ],
      mend: [['directory.people.u-weber.roles', ['production', 'regionalManager']]],
    },
    {
      title: 'I-17: one person in two seats is one elector; a required role is one more',
      changes: [
        ['approval.plan.stages[0].electors', ['sales.head', 'marketing.head']],
        ['approval.plan.stages[0].required', ['product.head']],
        ['directory.people.u-wang.roles', ['sales.head', 'marketing.head', 'kaGroup.member']],
        ['directory.people.u-novak.roles', ['kaGroup.member']],
      ],
      finds: [['error', 'unreachable_quorum', 'approval.plan.stages[0].n', 'I-17']],
      mend: [['approval.plan.stages[0].n', 2]],
    },
    {
      title: 'I-17: a head who acts for some accounts only, beside one who acts for the others',
      changes: [
        ['directory.people.u-okafor.accounts', ['a-1']],
        ['directory.people.u-huang.roles', ['serviceRepresentative', 'customerService', 'customerService.head']],
      ],
      finds: [],
      mend: [],
    },
    {
      title: 'SVC-01: a role of the service team that nobody holds',
      changes: [['admission.team.productManager', 'regionalManager']],
      finds: [['error', 'empty_electorate', 'admission.team.productManager', 'SVC-01']],
      mend: [['directory.people.u-peters.roles', ['productManager', 'product', 'regionalManager']]],
    },
    {
      title: 'decision 22, authority, ladder: nobody to decide',
      changes: [
        ['complaint.determineBy.product', 'humanResources'],
        ['authority', { 'complaint.forward': ['salesVicePresident'] }],
        ['sla.ladder[2].notify', 'groupAdministrator'],
      ],
      finds: [
        ['error', 'empty_electorate', 'authority["complaint.forward"][0]', 'SEC-02'],
        ['warning', 'nobody_told', 'sla.ladder[2].notify', 'CPL-04'],
        ['error', 'empty_electorate', 'complaint.determineBy.product', 'decision 22'],
      ],
      mend: [
        ['directory.people.u-chen.roles', ['companyManagement', 'humanResources', 'salesVicePresident', 'groupAdministrator']],
      ],
    },
    {
      title: 'I-17: more approvals asked than there are electors',
      changes: [['approval.dissatisfaction.stages[0].n', 6]],
      finds: [['error', 'unreachable_quorum', 'approval.dissatisfaction.stages[0].n', 'I-17']],
      mend: [['approval.dissatisfaction.stages[0].n', 5]],
    },
    {
      title: 'I-17: n without nOfM, nOfM without n',
      changes: [
        ['approval.tier.stages[0].n', 1],
        ['approval.tierTop.stages[0].n', undefined],
      ],
      finds: [
        ['error', 'contradiction', 'approval.tier.stages[0].n', 'I-17'],
        ['error', 'missing', 'approval.tierTop.stages[0].n', 'I-17'],
      ],
      mend: [
        ['approval.tier.stages[0].mode', 'nOfM'],
        ['approval.tierTop.stages[0].n', 2],
      ],
    },
    {
      title: 'I-17: a time-out that escalates to nobody, an escalation without a time-out',
      changes: [
        ['approval.tier.stages[0].escalateTo', undefined],
        ['approval.extension.stages[0].timeout', undefined],
      ],
      finds: [
        ['error', 'missing', 'approval.tier.stages[0].escalateTo', 'I-17'],
        ['warning', 'missing', 'approval.extension.stages[0].timeout', 'I-17'],
      ],
      mend: [
        ['approval.tier.stages[0].escalateTo', 'kaGroup.head'],
        ['approval.extension.stages[0].timeout', wd(1)],
      ],
    },
    {
      title: 'I-17: departments must be departments',
      changes: [['approval.tierReview.stages[0].electors', ['sales.head', 'accountManager']]],
      finds: [['error', 'unknown_reference', 'approval.tierReview.stages[0].electors[1]', 'I-17']],
      mend: [['approval.tierReview.stages[0].electors[1]', 'keyAccounts.head']],
    },
    {
      title: 'I-17: two stages of one name',
      changes: [['approval.admission.stages[1].id', 'departments']],
      finds: [['error', 'duplicate', 'approval.admission.stages[1].id', 'I-17']],
      mend: [['approval.admission.stages[1].id', 'groupHead']],
    },
  ])

  test('without a directory nobody is missed', () => {
    const { findings, policy } = checkPolicy(
      without(changed([['approval.extension.stages[0].electors', ['regionalManager']]]), 'directory'),
    )
    expect(findings).toEqual([])
    expect(policy?.directory).toBeUndefined()
  })
})
