import type { Finding } from '../../errors/index.ts'
import type { Parameter } from '../clauses.ts'
import { units } from '../units.ts'

/** A finding at a parameter, its remedy what to write there: the unit, and an example that could stand in a real policy. */
export const filled = (finding: Finding, { unit, example }: Parameter): Finding => ({
  ...finding,
  remedy: `give ${unit === 'money' ? 'an amount of money' : `a value (${units[unit].en})`}, e.g. ${example}`,
  data: { ...finding.data, unit, example },
})
