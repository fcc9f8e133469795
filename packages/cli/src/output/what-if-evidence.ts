import { canonicalJson, defaultHost, type Simulation } from '@ka-governance/core'

/** A simulation as it is kept: its text, and the digest that the publication records. */
export interface WhatIfEvidence {
  /** RFC 8785 JSON without a line's end: the sha-256 of the file is the digest. */
  readonly text: string
  readonly digest: string
}

/** The text of a simulation to keep; the same simulation gives the same bytes [GOV-05]. */
export function evidenceOf(simulation: Simulation): WhatIfEvidence {
  const text = canonicalJson(simulation)
  return { text, digest: defaultHost.sha256(text) }
}
