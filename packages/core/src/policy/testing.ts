import { presets } from './presets/index.ts'
import { parsePath } from './source/index.ts'

/** Data of preset (i) for tests that break one thing of it. */
export const manufacturer: unknown = presets.manufacturerCn
export const distributor: unknown = presets.distributorIntl

type Tree = { [key: string]: unknown }

const change = (document: unknown, path: string, edit: (parent: Tree, key: string) => void): unknown => {
  // Not a structured clone: that would keep objects shared which the presets use twice, and change both.
  const copy = JSON.parse(JSON.stringify(document)) as Tree
  const parts = parsePath(path).map(String)
  const last = parts.pop() ?? ''
  const parent = parts.reduce<Tree>((at, part) => (at[part] ??= {}) as Tree, copy)
  edit(parent, last)
  return copy
}

/** The document with another value at a path. */
export const withValue = (document: unknown, path: string, value: unknown): unknown =>
  change(document, path, (parent, key) => {
    parent[key] = value
  })

/** The document without what stands at a path. */
export const without = (document: unknown, path: string): unknown =>
  change(document, path, (parent, key) => {
    Reflect.deleteProperty(parent, key)
  })

/** The value at a path. */
export const valueAt = (document: unknown, path: string): unknown =>
  parsePath(path).reduce<unknown>((at, part) => (at as Tree | undefined)?.[String(part)], document)
