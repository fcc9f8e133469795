import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import { keysOf } from '../ask/fill-blank.ts'

/** Where the places of a text stand: line and column of the key, of the nearest one around it where the place itself is not written. */
export function locator(text: string): (place: string) => { readonly line: number; readonly column: number } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' })
  const offsetOf = (path: readonly (string | number)[]): number | undefined => {
    const key = path.at(-1)
    const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
    if (isMap(parent)) {
      const pair = parent.items.find((one) => isScalar(one.key) && String(one.key.value) === String(key))
      return isNode(pair?.key) ? pair.key.range?.[0] : undefined
    }
    const item = document.getIn(path, true)
    return isNode(item) ? item.range?.[0] : undefined
  }
  return (place) => {
    const path = keysOf(place)
    for (let length = path.length; length > 0; length -= 1) {
      const offset = offsetOf(path.slice(0, length))
      if (offset === undefined) continue
      const { line, col } = lines.linePos(offset)
      return { line, column: col }
    }
    return { line: 1, column: 1 }
  }
}
