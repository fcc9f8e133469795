import { ofMany, type StoreCapabilities } from '../ports/index.ts'
import { conformanceCases } from './cases/index.ts'
import type { ConformanceCase, ConformanceContext, ConformanceSubject } from './types.ts'

/** What became of one case. */
export type CaseResult =
  | { readonly id: string; readonly title: string; readonly status: 'passed' }
  | { readonly id: string; readonly title: string; readonly status: 'skipped'; readonly reason: string }
  | { readonly id: string; readonly title: string; readonly status: 'failed'; readonly error: unknown }

/** What became of all cases. A store keeps the port's promises when `failed` is 0; what was `skipped` was not tried, and its result says why. */
export interface ConformanceReport {
  /** Name of the store. */
  readonly store: string
  readonly capabilities: StoreCapabilities
  /** In the order of the cases. */
  readonly results: readonly CaseResult[]
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/**
 * Runs one case on one subject, which should be fresh. Never throws for a broken promise: the result says so.
 *
 * @example
 * ```ts no-run: needs a store of the reader's
 * declare const subject: ConformanceSubject
 * for (const each of conformanceCases) console.log((await runCase(each, subject)).status)
 * ```
 */
export async function runCase(each: ConformanceCase, subject: ConformanceSubject): Promise<CaseResult> {
  const { id, title } = each
  const missing = (each.needs ?? []).filter((capability) => !subject.store.capabilities[capability])
  const unoffered = (each.uses ?? []).filter((hook) => subject[hook] === undefined)
  const unanswered = (each.offers ?? []).filter((method) => ofMany(subject.store)[method] === undefined)
  const reason = [
    ...missing.map((name) => `the store declares no ${name}`),
    ...unanswered.map((name) => `the store offers no ${name}`),
    ...unoffered.map((name) => `the subject offers no ${name}`),
  ].join(', ')
  try {
    if (reason !== '') return { id, title, status: 'skipped', reason }
    await each.run(contextOf(each, subject))
    return { id, title, status: 'passed' }
  } catch (error) {
    return { id, title, status: 'failed', error }
  } finally {
    await subject.close?.()
  }
}

/**
 * Runs every case, each on a subject of its own.
 *
 * @example
 * ```ts no-run: needs a store of the reader's
 * declare const createSubject: () => ConformanceSubject
 * const report = await runConformance(createSubject)
 * console.log(report.passed, report.failed, report.skipped)
 * ```
 */
export async function runConformance(
  createSubject: () => ConformanceSubject | Promise<ConformanceSubject>,
  cases: readonly ConformanceCase[] = conformanceCases,
): Promise<ConformanceReport> {
  const { store } = await createSubject()
  const results: CaseResult[] = []
  for (const each of cases) results.push(await runCase(each, await createSubject()))
  const count = (status: CaseResult['status']): number => results.filter((result) => result.status === status).length
  return {
    store: store.name,
    capabilities: store.capabilities,
    results,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
  }
}

function contextOf(each: ConformanceCase, subject: ConformanceSubject): ConformanceContext {
  const prefix = subject.prefix ?? 'conf'
  return { ...subject, id: (name = 'a') => `${prefix}-${each.id}-${name}` }
}
