import type { Locale } from '@ka-governance/core'
import { findingsIn, type InWords } from '../said.ts'

/** One thing wrong with a mapping file. */
export interface MappingFinding {
  /** Path in the mapping, e.g. `orders.columns.date`, or a line of the YAML. */
  readonly path: string
  readonly message: string
  readonly remedy: string
}

/** A mapping that cannot be used, with all findings at once; its `findings` are English. */
export class MappingError extends Error {
  readonly file: string
  readonly findings: readonly MappingFinding[]
  readonly #findings: readonly InWords<MappingFinding>[]

  constructor(file: string, findings: readonly InWords<MappingFinding>[]) {
    const english = findingsIn<MappingFinding>(findings, 'en')
    super(english.map((f) => `${file}: ${f.path === '' ? '' : `${f.path}: `}${f.message} → ${f.remedy}`).join('\n'))
    this.name = 'MappingError'
    this.file = file
    this.findings = english
    this.#findings = findings
  }

  /** The same in another language. */
  in(locale: Locale): readonly MappingFinding[] {
    return findingsIn(this.#findings, locale)
  }
}
