import { describe } from 'vitest'
import { testCases } from './testing/cases.ts'

describe('rising and falling', () => {
  testCases([
    {
      title: 'P-26 in one cycle not above P-25 in each of two',
      changes: [['adjust.B.up.amountGrowth', 15]],
      finds: [['error', 'order', 'adjust.B.up.amountGrowth', 'P-26']],
      mend: [['adjust.B.up.amountGrowth', 16]],
    },
    {
      title: 'P-29 not above P-28',
      changes: [['adjust.B.down.amountDrop', 20]],
      finds: [['error', 'order', 'adjust.B.down.amountDrop', 'P-29']],
      mend: [['adjust.B.down.amountDrop', 21]],
    },
    {
      title: 'P-27 is the whole step from B to A',
      changes: [['adjust.B.up.frequencyIncrease', 3]],
      finds: [['warning', 'order', 'adjust.B.up.frequencyIncrease', 'P-27']],
      mend: [['adjust.B.up.frequencyIncrease', 2.9]],
    },
    {
      title: "P-30 is all of B's purchases",
      changes: [['adjust.B.down.frequencyDrop', 12]],
      finds: [['warning', 'order', 'adjust.B.down.frequencyDrop', 'P-30']],
      mend: [['adjust.B.down.frequencyDrop', 11]],
    },
    {
      title: 'P-33 not below P-20',
      changes: [['adjust.D.down.belowPerYear', 4]],
      finds: [['error', 'order', 'adjust.D.down.belowPerYear', 'P-33']],
      mend: [['adjust.D.down.belowPerYear', 3]],
    },
  ])
})
