import { GovernanceError } from '../../src/index.ts'
import type { HarnessOptions } from './harness.ts'
import * as p from './policy-stories.ts'
import { approvalBranches, stagedBranches, sweep } from './stories.ts'
import type { Step, Story } from './story.ts'
import type { Way } from './ways.ts'

const oneHand: HarnessOptions = { policy: p.oneHand }
/** Where u-chen decides alone, finance follows. */
const inTwoStages = (step: Step): Story =>
  step.command?.type === 'vote' && step.actor === 'u-chen' ? [step, { ...step, actor: 'u-meyer' }] : [step]

const later = { version: '1.2', effectiveFrom: '2026-03-17' }
const open: { readonly [state: string]: Story } = {
  drafting: p.drafting(),
  checked: p.checked(),
  inApproval: p.inApproval(),
  scheduled: p.scheduled(),
}

/** Two versions approved for one day, on a store that commits one instance at a time: the ledger takes the first that it hears of. */
const apart: HarnessOptions = { policy: p.oneHand, store: { without: ['atomicMultiCommit'] } }
const rival = { version: '1.2', effectiveFrom: '2026-03-10' }
/** Both are in approval, and neither has been heard of, when both are approved. */
export const rivals = (): Story => [
  ...p.inForce(),
  ...p.named('1.1', p.nextInApproval()),
  ...p.named('1.2', p.nextInApproval(rival)),
  { ...p.vote(), name: '1.1' },
  { ...p.vote(), name: '1.2' },
]

/** The news that a version has taken force fails once, and comes after the news that it has been superseded. */
export const outOfOrder = (version: string): HarnessOptions => ({
  ...apart,
  wrap: (store) => {
    let failed = false
    return {
      ...store,
      commit: (commits) => {
        const late = commits.some(
          ({ entry }) =>
            entry.instanceId.endsWith(`--${version.replaceAll('.', '-')}`) &&
            (entry.command as { readonly type?: string } | undefined)?.type === 'takeForce',
        )
        if (late && !failed) {
          // Among others it is sent once more, alone: the stumble is of this one.
          failed = commits.length === 1
          throw new GovernanceError('corrupt_record', 'a store that stumbles once')
        }
        return store.commit(commits)
      },
    }
  },
})
const twoOnTheirWay = (): Story => [
  ...p.inForce(),
  ...p.named('1.1', p.nextScheduled()),
  sweep(),
  ...p.named('1.2', p.nextScheduled(later)),
  sweep(),
]

/** Stories that together walk every state and every transition of publications and their ledger. */
export const policyCoverage: readonly Way[] = [
  {
    title: 'from the draft into force, and out of it',
    story: [...p.inForce(), ...p.nextScheduled(), sweep('7d')],
    options: oneHand,
  },
  { title: 'two versions take force while nobody looks', story: [...twoOnTheirWay(), sweep('30d')], options: oneHand },
  {
    title: 'a scheduled version is withdrawn, another stays',
    story: [...twoOnTheirWay(), p.withdraw({ name: '1.1' }), sweep('30d')],
    options: oneHand,
  },
  {
    title: 'the first version is withdrawn, another is published',
    story: [
      ...p.scheduled(),
      p.withdraw(),
      sweep(),
      ...p.nextInApproval({ ...p.next, version: '1.1' }, p.next).filter(({ command }) => command?.type !== 'recordWhatIf'),
    ],
    options: { policy: { ...p.oneHand, publication: { whatIf: 'advised' } } },
  },
  {
    title: 'another draft before the approval, and during it',
    story: [
      ...p.checked(),
      p.check({ patch: { title: { en: 'B', 'zh-CN': 'B' } } }),
      p.recordWhatIf({ patch: { title: { en: 'B', 'zh-CN': 'B' } } }),
      p.submit(),
      p.check(),
    ],
    options: oneHand,
  },
  ...Object.entries(open).map(([state, story]): Way => ({
    title: `withdrawn from ${state}`,
    story: [...story, p.withdraw()],
    options: oneHand,
  })),
  ...Object.entries(approvalBranches(p.publication, 'policy')).map(([branch, steps]): Way => ({
    title: `policy: ${branch}`,
    story: [...p.inApproval(), ...steps],
    options: oneHand,
  })),
  ...Object.entries(stagedBranches(p.publication, 'policy')).map(([branch, steps]): Way => ({
    title: `policy: ${branch}`,
    story: [...p.inApproval().flatMap(inTwoStages), ...steps],
    options: { policy: p.staged },
  })),
  {
    title: 'the second version is scheduled before the first one is in force',
    story: [
      ...p.named('1.0', p.scheduled()),
      ...p.named('1.1', [p.openVersion('1.1'), p.check(p.next), p.recordWhatIf(p.next), p.submit(), p.vote()]),
    ],
    options: oneHand,
  },
  { title: 'of two for one day the ledger declines the second', story: [...rivals(), sweep()], options: apart },
  {
    title: 'the ledger declines what waits before the first version is in force',
    story: [
      ...p.named('1.0', p.inApproval()),
      ...p.named('1.1', [
        p.openVersion('1.1'),
        p.check({ ...p.next, effectiveFrom: '2026-03-03' }),
        p.recordWhatIf({ ...p.next, effectiveFrom: '2026-03-03' }),
        p.submit(),
      ]),
      { ...p.vote(), name: '1.0' },
      { ...p.vote(), name: '1.1' },
      sweep(),
    ],
    options: apart,
  },
  {
    title: 'withdrawn too late: the day began before the ledger heard of it',
    story: [...p.scheduled(), sweep(), p.withdraw({ after: '14h' }), sweep('2h')],
    options: apart,
  },
  {
    title: 'superseded before it heard that it is in force',
    story: [...twoOnTheirWay(), sweep('30d'), sweep('1h')],
    options: outOfOrder('1.1'),
  },
  {
    title: 'withdrawn too late, and superseded before it heard so',
    story: [...twoOnTheirWay(), p.withdraw({ name: '1.1', after: '6d' }), sweep('30d'), sweep('1h')],
    options: outOfOrder('1.1'),
  },
]
