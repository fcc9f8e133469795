import type { PolicyPatch } from './harness.ts'
import * as p from './policy-stories.ts'
import type { Setting } from './random-stories.ts'
import type { Step } from './story.ts'

const votes: readonly Step[] = ['u-chen', 'u-brandt'].flatMap((actor) =>
  ['approve', 'approve', 'reject', 'sendBack'].map((decision) => p.vote(actor, decision)),
)
const first = { version: '1.0' }
const another = { ...p.next, effectiveFrom: '2026-06-01' }

/** Random publications: what leads on, so that it comes more often than what leads away. */
export const publicationSettings = (policy: PolicyPatch): readonly Setting[] => {
  const options = { policy: { ...policy, ...p.oneHand } }
  const more = (drafts: readonly object[], against: object | null): readonly Step[] => [
    ...Array.from({ length: 5 }, () => [
      ...drafts.flatMap((draft) => [p.check(draft), p.recordWhatIf({ ...draft, against })]),
      p.submit(),
    ]).flat(),
    ...votes,
  ]
  return [
    { kind: 'publication', start: p.drafting(), options, more: more([{}, { effectiveFrom: '2026-06-01' }], null) },
    { kind: 'publication', start: [...p.inForce(), p.openVersion('1.1')], options, more: more([p.next, another], first) },
  ]
}
