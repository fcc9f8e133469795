import { describe } from 'vitest'
import { testCases } from './testing/cases.ts'

describe('the directory', () => {
  testCases([
    {
      title: 'superiors in a circle or unknown',
      changes: [
        ['directory.people.u-chen.superior', 'u-lin'],
        ['directory.people.u-he.superior', 'u-nobody'],
      ],
      finds: [
        ['error', 'contradiction', 'directory.people.u-chen.superior', 'GOV-04'],
        ['error', 'contradiction', 'directory.people.u-lin.superior', 'GOV-04'],
        ['error', 'unknown_reference', 'directory.people.u-he.superior', 'GOV-04'],
      ],
      mend: [
        ['directory.people.u-chen.superior', 'u-brandt'],
        ['directory.people.u-brandt.superior', undefined],
        ['directory.people.u-he.superior', 'u-brandt'],
      ],
    },
    {
      title: 'delegations to oneself, backwards, to nobody',
      changes: [
        [
          'directory.delegations',
          [
            { from: 'u-lin', to: 'u-lin', since: '2026-02-01', until: '2026-01-01' },
            { from: 'u-lin', to: 'u-nobody', since: '2026-01-01', until: '2026-02-01' },
          ],
        ],
      ],
      finds: [
        ['error', 'contradiction', 'directory.delegations[0]', 'GOV-04'],
        ['error', 'order', 'directory.delegations[0]', 'GOV-04'],
        ['error', 'unknown_reference', 'directory.delegations[1].to', 'GOV-04'],
      ],
      mend: [
        ['directory.delegations[0]', { from: 'u-lin', to: 'u-wang', since: '2026-01-01', until: '2026-02-01' }],
        ['directory.delegations[1].to', 'u-zhao'],
      ],
    },
  ])
})
