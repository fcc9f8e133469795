import type { z } from 'zod'
import type { JsonValue } from '../errors/index.ts'
import { simulationSchema } from './simulation-schema.ts'
import type { Simulation } from './types.ts'

/** Characters of the longest simulation that is kept as evidence: about two thousand accounts with their reasons. Where more are listed, list fewer: all are counted. */
export const longestSimulation = 4_000_000

/** The evidence, or the place at which the text is not what a simulation says; `tooLong`: how long it is and may be, in characters. */
export type ReadSimulation =
  | { readonly ok: true; readonly simulation: Simulation }
  | { readonly ok: false; readonly at: string; readonly tooLong?: { readonly is: number; readonly most: number } }

/**
 * Reads the text of a simulation as evidence of a publication [GOV-05]: strictly, so that nothing but counts, sums and lists of the known shape is ever recorded.
 */
export function readSimulation(text: string): ReadSimulation {
  if (text.length > longestSimulation) return { ok: false, at: '', tooLong: { is: text.length, most: longestSimulation } }
  let value: JsonValue
  try {
    value = JSON.parse(text) as JsonValue
  } catch {
    return { ok: false, at: '' }
  }
  const read = simulationSchema.safeParse(value)
  // The text is JSON, so that no member of it is undefined.
  return read.success ? { ok: true, simulation: read.data as Simulation } : { ok: false, at: placeOf(read.error.issues[0]) }
}

function placeOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return ''
  const inside = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  return [...issue.path, ...inside].map(String).join('.').slice(0, 120)
}
