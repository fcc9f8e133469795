import type { AdmissionLimit } from './admission-limits.ts'

/**
 * The smallest change of a measure, in its own steps, with which `passes` holds; `null` when even the limit itself does not do. Better values pass
 * wherever worse ones do, so that halving finds it.
 */
export function passesAt(
  { op, required, stepsPerUnit }: Pick<AdmissionLimit, 'op' | 'required' | 'stepsPerUnit'>,
  actual: number,
  passes: (value: number) => boolean,
): number | null {
  if (!passes(required)) return null
  // Steps from the actual value towards the limit; the last one is the limit, which need not be a whole step.
  const last = Math.ceil(Math.abs(required - actual) * stepsPerUnit) + 1
  const first = Math.floor(actual * stepsPerUnit)
  const valueAt = (step: number): number =>
    op === '>='
      ? Math.min(required, (first + step) / stepsPerUnit)
      : Math.max(required, (Math.ceil(actual * stepsPerUnit) - step) / stepsPerUnit)
  let low = 0
  let high = last
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (passes(valueAt(middle))) high = middle
    else low = middle
  }
  return valueAt(high)
}
