/** The same value with every amount of money times a whole factor: `{ currency, minor }` of policies, `minor` of purchases. */
export function scaleMoney<T>(value: T, factor: number): T {
  if (Array.isArray(value)) return value.map((item: unknown) => scaleMoney(item, factor)) as T
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]: [string, unknown]) => [
    key,
    key === 'minor' && typeof item === 'number' ? item * factor : scaleMoney(item, factor),
  ])
  return Object.fromEntries(entries) as T
}
