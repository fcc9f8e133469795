/** What stands behind a piece of text. */
export interface PolicySources {
  /** Paths of the parameters whose values it says. */
  readonly parameters: readonly string[]
  /** Their numbers: `P-07`, `I-15`, else the requirement or decision behind them. */
  readonly numbers: readonly string[]
  /** The requirements that use them. */
  readonly clauses: readonly string[]
}

/** Sentences on one subject. */
export interface PolicyParagraph extends PolicySources {
  readonly kind: 'paragraph'
  readonly text: string
}

/** Rows of values; the first cell of a row names it. */
export interface PolicyTable extends PolicySources {
  readonly kind: 'table'
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** One chapter. */
export interface PolicySection {
  readonly id: string
  readonly title: string
  readonly blocks: readonly (PolicyParagraph | PolicyTable)[]
}

/** A policy to be read by people. All texts are plain: whoever puts them into HTML or Markdown escapes them. */
export interface PolicyDocument {
  readonly title: string
  readonly sections: readonly PolicySection[]
}
