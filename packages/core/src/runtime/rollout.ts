import { InvalidInputError } from '../errors/index.ts'
import { createRolloutCounter, type RolloutOptions, type RolloutReport } from './rollout-report.ts'
import { definitionOf, type Runtime } from './runtime.ts'

/**
 * Streams the journals and counts what was observed: per workflow, rule and clause, by command and by role, so that an admin can tell when to go from
 * `observe` to `warn` to `enforce` [GOV-09]. Instances are those that the store finds: one whose visible record was never written is not among them.
 *
 * @throws InvalidInputError when `from` or `to` is no instant, or the time is empty.
 * @throws GovernanceError `not_found` for a workflow that does not exist.
 */
export async function rollout(runtime: Runtime, options: RolloutOptions = {}): Promise<RolloutReport> {
  const { kind, from = -Infinity, to = Infinity } = options
  if (kind !== undefined) definitionOf(kind)
  refuseNoTime(options)
  const counter = createRolloutCounter()
  for await (const { instanceId, openedAt } of runtime.store.find(kind === undefined ? {} : { kind })) {
    // Entries follow each other in time: what opened later, or comes later, is not read at all.
    if (openedAt >= to) continue
    for await (const entry of runtime.store.history(instanceId)) {
      if (entry.at >= to) break
      if (entry.at >= from) counter.add(entry)
    }
  }
  return counter.report(runtime.mode, options)
}

function refuseNoTime({ from, to }: RolloutOptions): void {
  const wrong = Object.entries({ from, to }).find(([, at]) => at !== undefined && !Number.isFinite(at))
  const empty = from !== undefined && to !== undefined && from >= to
  if (wrong === undefined && !empty) return
  throw new InvalidInputError('time', [
    {
      path: wrong?.[0] ?? 'to',
      code: wrong === undefined ? 'order' : 'type',
      message: wrong === undefined ? 'the time ends before it begins' : 'no instant',
      remedy: wrong === undefined ? 'give a `to` after `from`' : 'give epoch milliseconds',
    },
  ])
}
