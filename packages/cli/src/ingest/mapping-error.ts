/** One thing wrong with a mapping file. */
export interface MappingFinding {
  /** Path in the mapping, e.g. `orders.columns.date`, or a line of the YAML. */
  readonly path: string
  readonly message: string
  readonly remedy: string
}

/** A mapping that cannot be used, with all findings at once. */
export class MappingError extends Error {
  readonly file: string
  readonly findings: readonly MappingFinding[]

  constructor(file: string, findings: readonly MappingFinding[]) {
    super(findings.map((f) => `${file}: ${f.path === '' ? '' : `${f.path}: `}${f.message} → ${f.remedy}`).join('\n'))
    this.name = 'MappingError'
    this.file = file
    this.findings = findings
  }
}
