// A mutant that a property can see is seen within a few runs; the hundreds that the gate makes of each would take hours here.
import type * as FastCheck from 'fast-check'
import { vi } from 'vitest'

const runs = 12

vi.mock('fast-check', async (original) => {
  const real = await original<typeof FastCheck>()
  const assert = ((property: FastCheck.IRawProperty<unknown>, asked: FastCheck.Parameters<unknown> = {}) =>
    // The first counterexample is as good as the smallest: it only has to fail. Who fixes a seed counts on the number of runs, too.
    real.assert(property, {
      ...asked,
      endOnFailure: true,
      ...(asked.seed === undefined ? { numRuns: Math.min(asked.numRuns ?? runs, runs) } : {}),
    })) as typeof real.assert
  return { ...real, assert, default: { ...real.default, assert } }
})
