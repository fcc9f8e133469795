import { escapeUnseen } from './printable.ts'

/** Where a value stands in a document. */
export type Path = readonly (string | number)[]

const MAX_SHOWN_KEY = 60
const plainKey = /^[A-Za-z_$][\w$-]*$/

const shown = (key: string): string => {
  const short = key.length > MAX_SHOWN_KEY ? `${key.slice(0, MAX_SHOWN_KEY)}…` : key
  return plainKey.test(short) ? short : `[${escapeUnseen(JSON.stringify(short))}]`
}

/**
 * A path as a person reads it. Keys that are no plain names are quoted, what cannot be seen escaped, long ones cut, so that a hostile key cannot fill a log.
 *
 * @example
 * ```ts
 * formatPath(['sla', 'ladder', 0, 'at']) // => 'sla.ladder[0].at'
 * ```
 */
export function formatPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${String(part)}]`
      const text = shown(part)
      return index === 0 || text.startsWith('[') ? text : `.${text}`
    })
    .join('')
}

/** Whether a path leads to one of the places, or into one. The places are written as {@link formatPath} writes them. */
export function isInside(path: Path, places: ReadonlySet<string>): boolean {
  if (places.size === 0) return false
  for (let length = path.length; length >= 0; length--) if (places.has(formatPath(path.slice(0, length)))) return true
  return false
}

/**
 * The way back from {@link formatPath}, for every key that was not cut.
 *
 * @example
 * ```ts
 * parsePath('sla.ladder[0].at') // => ['sla', 'ladder', 0, 'at']
 * ```
 */
export function parsePath(place: string): Path {
  return [...place.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)].map(([, index, quoted, name]) => {
    if (index !== undefined) return Number(index)
    return quoted === undefined ? (name ?? '') : (JSON.parse(quoted) as string)
  })
}
