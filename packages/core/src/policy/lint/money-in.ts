import { formatPath, type Path } from '../source/index.ts'
import type { Money } from '../parts.ts'
import type { KnownPolicy } from './lint.ts'

/** An amount of money and where it stands. */
export interface PlacedMoney {
  readonly path: string
  readonly money: Money
}

const isMoney = (value: object): value is Money =>
  'currency' in value && 'minor' in value && typeof value.currency === 'string' && typeof value.minor === 'number'

const walk = (value: unknown, path: Path): readonly PlacedMoney[] => {
  if (typeof value !== 'object' || value === null) return []
  if (isMoney(value)) return [{ path: formatPath(path), money: value }]
  return Array.isArray(value)
    ? value.flatMap((item, i) => walk(item, [...path, i]))
    : Object.entries(value).flatMap(([key, member]) => walk(member, [...path, key]))
}

/** Sections that hold no money, and may be long. */
const without: ReadonlySet<string> = new Set(['calendars', 'directory', 'exchangeRates', 'approval', 'authority'])

/** Every amount of money of a policy. */
export const moneyIn = (policy: KnownPolicy): readonly PlacedMoney[] =>
  Object.entries(policy).flatMap(([key, section]) => (without.has(key) ? [] : walk(section, [key])))
