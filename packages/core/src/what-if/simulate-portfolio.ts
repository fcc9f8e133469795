import { GovernanceError, InvalidInputError } from '../errors/index.ts'
import { diffPolicies } from '../policy/diff/index.ts'
import { pinOf } from '../policy/policy-hash.ts'
import { compareText, sha256Hex } from '../rules/index.ts'
import { cyclesOf, prepareJudge } from './judge.ts'
import { createPortfolioPass } from './portfolio-pass.ts'
import { variantsOf } from './sensitivity.ts'
import { createTopList } from './top-list.ts'
import type {
  ApproverLoad,
  InstanceEffects,
  JsonPolicyChange,
  Listed,
  SimulateOptions,
  Simulation,
  SimulationFailure,
  SimulationSignal,
  SimulationStep,
} from './types.ts'

const mostListed = 10_000

/** What is open in a store and not in a portfolio. */
export interface OpenInstances {
  readonly effects: InstanceEffects
  readonly approvers: Listed<ApproverLoad>
}

/** Walks over what is open: yields steps, returns the sum of it. */
export type WalkOpen = (movers: number) => AsyncGenerator<SimulationStep, OpenInstances, undefined>

/**
 * What a draft of the policy would do to a portfolio: who would move and why, before it counts [GOV-05]. Pure: it reads accounts as they come, one at a time, and
 * writes nothing; memory grows with what is listed and with the number of managers, not with the accounts. Their order does not matter.
 *
 * Both policies measure an account once where they measure alike. Thresholds are varied by the measures at hand; only accounts with a measure between the two places of
 * a threshold are judged again.
 *
 * An account that cannot be judged is counted as failed, with the reason, and stops nothing; what the stream of accounts throws ends the simulation.
 *
 * @returns the simulation: as last step, and as what the generator returns.
 * @throws GovernanceError `cancelled` once the signal says aborted: half a simulation is no evidence. Leaving the loop ends it as well.
 * @throws InvalidInputError for a cycle that the draft does not know, a threshold that does not exist, or a list too long.
 * @example
 * ```ts
 * for await (const step of simulatePortfolio({ inForce: policy, draft, cycle: '2026-H1', accounts }))
 *   if (step.type === 'finished') console.log(step.simulation.movers.total) // prints 8
 * ```
 */
export function simulatePortfolio(options: SimulateOptions): AsyncGenerator<SimulationStep, Simulation, undefined> {
  return simulateWith(options, null)
}

/** The same with what is open in a store. `leftOut` answers, at the end, how many of its accounts were not simulated. */
export async function* simulateWith(
  options: SimulateOptions,
  open: WalkOpen | null,
  leftOut: () => Pick<Simulation['accounts'], 'inGroups' | 'notGoverned'> = () => ({ notGoverned: 0 }),
): AsyncGenerator<SimulationStep, Simulation, undefined> {
  const { sensitivity = {}, movers: limit = 200, signal, progressEvery = 1_000, sha256 = sha256Hex } = options
  checkNumber('movers', limit, 0, mostListed)
  checkNumber('progressEvery', progressEvery, 1, Number.MAX_SAFE_INTEGER)
  const cycles = cyclesOf(options.cycle, options.draft, options.inForce)
  const draft = prepareJudge(options.draft, cycles.draft)
  const inForce = options.inForce && prepareJudge(options.inForce, cycles.inForce)
  const diff = inForce === null ? [] : (diffPolicies(inForce.policy, draft.policy) as readonly JsonPolicyChange[])
  const variants = sensitivity === false ? null : variantsOf(draft, sensitivity)
  const pass = createPortfolioPass({ inForce, draft, cycle: options.cycle, diff, variants, limit })
  const failures = createTopList<SimulationFailure>(limit, byAccount)
  let failed = 0
  let done = 0

  throwIfAborted(signal)
  for await (const account of options.accounts) {
    throwIfAborted(signal)
    done++
    let failure: SimulationFailure | null
    if ('unreadable' in account) {
      pass.fail()
      failure = { accountId: account.accountId, instanceId: null, because: account.unreadable }
    } else failure = pass.add(account)
    if (failure !== null) {
      failed++
      failures.add(failure)
      yield { type: 'failed', ...failure }
    }
    if (done % progressEvery === 0) yield { type: 'progress', phase: 'accounts', done, movers: pass.moved() }
  }
  throwIfAborted(signal)
  const { managers, ...counted } = pass.report()
  yield { type: 'progress', phase: 'accounts', done, movers: counted.movers.total }
  for (const mover of counted.movers.listed) {
    throwIfAborted(signal)
    yield { type: 'mover', mover }
  }
  throwIfAborted(signal)

  let instances: OpenInstances | null = null
  if (open !== null) {
    const walk = open(counted.movers.total)
    try {
      let step = await walk.next()
      for (; step.done !== true; step = await walk.next()) {
        throwIfAborted(signal)
        if (step.value.type === 'failed') {
          const { accountId, instanceId, because } = step.value
          failed++
          failures.add({ accountId, instanceId, because })
        }
        yield step.value
      }
      instances = step.value
    } finally {
      // Whoever leaves early closes what was being read.
      await walk.return({ effects: noEffects, approvers: { total: 0, listed: [] } })
    }
  }

  throwIfAborted(signal)
  const simulation: Simulation = {
    schema: 1,
    scope: options.scope ?? 'all',
    policy: { inForce: options.inForce && pinOf(options.inForce, sha256), draft: pinOf(options.draft, sha256) },
    cycle: cycles.draft.id,
    period: { from: cycles.draft.from, to: cycles.draft.to },
    currency: draft.policy.currency,
    ...counted,
    accounts: { ...counted.accounts, ...leftOut() },
    failures: { total: failed, listed: failures.listed() },
    instances: instances?.effects ?? null,
    load: { approvers: instances?.approvers ?? { total: 0, listed: [] }, managers },
    diff,
  }
  yield { type: 'finished', simulation }
  return simulation
}

const noEffects: InstanceEffects = {
  open: 0,
  byKind: {},
  clocks: { open: 0, earlier: 0, later: 0, overdue: 0, overdueNow: 0, listed: [] },
  approvals: { open: 0, changed: 0, belowQuorum: 0, listed: [] },
}

const byAccount = (a: SimulationFailure, b: SimulationFailure): number =>
  compareText(a.accountId, b.accountId) ||
  compareText(a.instanceId ?? '', b.instanceId ?? '') ||
  compareText(a.because.code, b.because.code) ||
  compareText(a.because.message, b.because.message)

/** @throws GovernanceError `cancelled` */
export function throwIfAborted(signal: SimulationSignal | undefined): void {
  if (signal?.aborted !== true) return
  throw new GovernanceError('cancelled', 'the simulation was stopped before it was finished', {
    cause: signal.reason,
    actions: ['Start it again: it wrote nothing.'],
  })
}

function checkNumber(path: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new InvalidInputError('Simulation', [
    {
      path,
      code: 'value',
      message: `${String(value)} is no whole number from ${String(least)} to ${String(most)}`,
      remedy: 'write such a number',
      clause: 'GOV-05',
    },
  ])
}
