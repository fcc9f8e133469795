/** Every part optional, down to the values; lists, texts and numbers are replaced whole. */
export type PartsOf<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [K in keyof T]?: PartsOf<T[K]> } : T

/** A base with the parts of another laid over it: where both have an object it is merged, elsewhere the part wins. */
export type Merged<Base, Part> = Part extends readonly unknown[]
  ? Part
  : Part extends object
    ? Base extends readonly unknown[]
      ? Part
      : Base extends object
        ? {
            readonly [K in keyof Base | keyof Part]: K extends keyof Part
              ? K extends keyof Base
                ? Merged<Base[K], Part[K]>
                : Part[K]
              : K extends keyof Base
                ? Base[K]
                : never
          }
        : Part
    : Part

const isMap = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Lays one document over another. Maps are merged key by key; everything else, lists included, is replaced. Keys keep the order of the
 * base. Neither argument is changed.
 *
 * @example
 * ```ts
 * mergeDocuments({ a: { x: 1, y: 2 }, b: [1, 2] }, { a: { y: 3 }, b: [9] }) // => { a: { x: 1, y: 3 }, b: [9] }
 * ```
 */
export function mergeDocuments<const Base, const Part>(base: Base, part: Part): Merged<Base, Part> {
  return merge(base, part) as Merged<Base, Part>
}

function merge(base: unknown, part: unknown): unknown {
  if (!isMap(base) || !isMap(part)) return part
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(part)) merged[key] = Object.hasOwn(base, key) ? merge(base[key], value) : value
  return merged
}
