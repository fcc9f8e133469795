import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openApproval, rolesOfScheme } from '../../approvals/index.ts'
import { approvalSchemeSchema } from '../approval-scheme.ts'
import { checkPolicy } from '../load.ts'
import { changed } from './testing/cases.ts'

const departments = ['sales.head', 'marketing.head', 'product.head', 'finance.head', 'kaGroup.head'] as const
const people = ['u-1', 'u-2', 'u-3', 'u-4'] as const
const directory = fc.dictionary(fc.constantFrom(...people), fc.uniqueArray(fc.constantFrom(...departments), { maxLength: 4 }), {
  minKeys: 1,
})
const stage = fc.record({
  mode: fc.constantFrom('nOfM', 'perDepartment'),
  n: fc.integer({ min: 1, max: 5 }),
  electors: fc.uniqueArray(fc.constantFrom(...departments), { minLength: 1, maxLength: 4 }),
  required: fc.uniqueArray(fc.constantFrom(...departments), { maxLength: 1 }),
})

// Roles that nobody holds are findings of their own; here everybody named is there, and the question is whether they are enough.
test('I-17: a quorum is refused by the lint when, and only when, the approval could not open', () => {
  const seen = { open: 0, short: 0 }
  fc.assert(
    fc.property(directory, stage, (roles, { mode, n, electors, required }) => {
      const spec = { id: 'only', mode, electors, required, ...(mode === 'nOfM' ? { n } : {}) }
      const scheme = approvalSchemeSchema.parse({ stages: [spec] })
      const holders = Object.entries(roles).sort(([a], [b]) => (a < b ? -1 : 1))
      const held = (role: string): boolean => holders.some(([, own]) => own.some((r) => r === role))
      fc.pre([...electors, ...required].every(held))
      const opened = openApproval({
        scheme,
        electors: rolesOfScheme(scheme).flatMap((role) =>
          holders.filter(([, own]) => own.some((r) => r === role)).map(([person]) => ({ person, role })),
        ),
        makers: [],
        barred: [],
        basis: 'b',
        at: 0,
      })
      const everybody = Object.fromEntries(holders.map(([person, own]) => [person, { roles: own }]))
      const { findings } = checkPolicy(
        changed([
          ['directory.people', everybody],
          ['approval.extension', { stages: [spec] }],
        ]),
      )
      const short = findings.filter((f) => f.path.startsWith('approval.extension') && f.code === 'unreachable_quorum')
      expect(short.length === 0).toBe(opened.ok)
      seen[opened.ok ? 'open' : 'short'] += 1
    }),
    { numRuns: 120 },
  )
  expect(Math.min(seen.open, seen.short)).toBeGreaterThan(5)
})
