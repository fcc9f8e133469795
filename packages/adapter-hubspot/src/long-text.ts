import { escapedJson, recordTooLarge, unescapedJson, type LimitedRecord } from '@ka-governance/core'
import type { Values } from './client.ts'
import { longestValue, partsOf } from './schema.ts'

/** Stands where a text was cut, on both sides: a property may lose white space at its ends. */
const seam = '+'

/**
 * JSON in one or more properties, each as long as HubSpot takes it; those that are not needed are emptied, so that nothing of a longer text before stays behind.
 *
 * @throws StoreError `too_large`
 */
export function longText(
  property: string,
  parts: number,
  json: string,
  of: { readonly what: LimitedRecord; readonly key: string },
): Values {
  const text = escapedJson(json)
  const pieces: string[] = []
  for (let rest = text; rest !== '';) {
    const head = pieces.length === 0 ? '' : seam
    const fits = head.length + rest.length <= longestValue
    const room = longestValue - head.length - seam.length
    // Half of a surrogate pair is no text.
    const cut = fits ? rest.length : isHigh(rest.charCodeAt(room - 1)) ? room - 1 : room
    pieces.push(`${head}${rest.slice(0, cut)}${fits ? '' : seam}`)
    rest = rest.slice(cut)
  }
  if (pieces.length > parts) throw recordTooLarge(of.what, of.key, text.length, parts * (longestValue - 2 * seam.length))
  return Object.fromEntries(partsOf(property, parts).map((name, k) => [name, pieces[k] ?? '']))
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff

/** The text that the properties hold together, to the character; `null`: none, or not all of it. */
export function longTextIn(
  properties: { readonly [name: string]: string | null },
  property: string,
  parts: number,
): string | null {
  const pieces = partsOf(property, parts).map((name) => properties[name] ?? '')
  const used = pieces.slice(0, pieces.indexOf('') < 0 ? undefined : pieces.indexOf(''))
  if (used.length === 0) return null
  const inner: string[] = []
  for (const [k, piece] of used.entries()) {
    const [first, last] = [k === 0, k === used.length - 1]
    if ((!first && !piece.startsWith(seam)) || (!last && !piece.endsWith(seam))) return null
    inner.push(piece.slice(first ? 0 : seam.length, last ? undefined : -seam.length))
  }
  // JSON never ends with a seam: whoever reads one has lost what came behind it.
  const text = inner.join('')
  return text.endsWith(seam) ? null : unescapedJson(text)
}
