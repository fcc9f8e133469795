/**
 * What a policy document may cost before anything in it has been trusted. The largest real one, a static directory of a thousand people
 * included, stays well below each.
 */
export const limits = {
  /** Characters of the source text; more is refused before it is parsed. */
  characters: 250_000,
  /** Nested maps and lists. */
  depth: 40,
  /** Values in all, with every YAML alias counted as often as it is used. */
  values: 100_000,
  /** Uses of YAML aliases. */
  aliases: 200,
  /** Characters of one text. */
  text: 10_000,
} as const
