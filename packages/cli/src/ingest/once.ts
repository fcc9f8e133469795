import { say, type Said } from '../said.ts'
import type { RowReader } from './read-section.ts'

/** Rows that were read before, by what names them. */
export type Seen = ReadonlyMap<string, { readonly line: number; readonly raw: string }>

/**
 * The same row twice counts once; another row of the same name contradicts the first.
 *
 * @param otherwise What the other line says, behind its number.
 */
export function once<Field extends string>(
  seen: Seen,
  row: RowReader<Field>,
  name: string,
  field: Field,
  [otherwise, remedy]: readonly [otherwise: Said, remedy: Said],
): { readonly ignored: string } | null {
  const before = seen.get(name)
  if (before === undefined) return null
  if (before.raw === row.raw) return { ignored: 'duplicate' }
  const at = String(before.line)
  return row.fail('conflicting_rows', say(`line ${at} ${otherwise.en}`, `第${at}行${otherwise['zh-CN']}`), remedy, field)
}
