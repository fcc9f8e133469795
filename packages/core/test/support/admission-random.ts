import * as a from './admission-stories.ts'
import type { PolicyPatch } from './harness.ts'
import type { Setting } from './random-stories.ts'

/** Random admissions: what leads on, so that it comes more often than what leads away. */
export const admissionSetting = (policy: PolicyPatch): Setting => ({
  kind: 'admission',
  start: a.registering(),
  options: { policy: { ...policy, ...a.oneHand } },
  more: [
    ...Array.from({ length: 4 }, () => [a.register(), a.recommend(), a.assignTeam()]).flat(),
    a.recommend(a.late),
    a.requestException,
    a.vote('u-chen', 'approve', { conditions: [a.due(1), a.due(5), a.due(20)] }),
    ...['approve', 'approve', 'reject', 'sendBack'].flatMap((decision) => [
      a.vote('u-chen', decision),
      a.vote('u-brandt', decision),
    ]),
    ...['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'].flatMap((signedOn) => [
      a.sign({ signedOn }),
      a.sign({ signedOn, terms: { ...a.terms, paymentDays: 90 } }),
    ]),
    a.meet('c1'),
    a.meet('c2'),
    a.waive('c3'),
  ],
})
