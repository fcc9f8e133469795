/**
 * Text order by UTF-16 code units, for `sort`: the same on every host, unlike a collation.
 *
 * @example
 * ```ts
 * ['b', 'a', 'B'].sort(compareText) // => ['B', 'a', 'b']
 * ```
 */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
