const known: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** An ISO 4217 code that exists. */
export function isCurrency(code: string): boolean {
  return known.has(code)
}
