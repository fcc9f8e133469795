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
  /** Findings that are listed. */
  findings: 1000,
  /** Characters of a message or a remedy. */
  message: 500,
  /** Unknown words of one kind for which a known one is looked for, and known ones to choose from. */
  guesses: 100,
  guessedFrom: 1000,
  /** Items of a list that are looked at where the list is wrong as a whole. */
  items: 1000,
} as const
