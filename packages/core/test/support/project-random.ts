import type { PolicyPatch } from './harness.ts'
import * as p from './project-stories.ts'
import type { Setting } from './random-stories.ts'
import type { Step } from './story.ts'

const votes = (approval: string): Step[] =>
  ['u-chen', 'u-brandt'].flatMap((actor) =>
    ['approve', 'approve', 'reject', 'sendBack'].map((decision) => p.vote(actor, approval, decision)),
  )

/** Random changes: what leads on, so that it comes more often than what leads away. */
export const changeSettings = (policy: PolicyPatch): readonly Setting[] => {
  const options = { policy: { ...policy, ...p.oneHand } }
  const more = [
    ...Array.from({ length: 4 }, () => [
      p.apply(),
      p.apply(p.twoLines),
      p.assess(),
      p.assess('scope'),
      p.consent(),
      p.implement(),
    ]).flat(),
    p.emergency(),
    p.amend(p.moreWelders),
    ...['change', 'emergency', 'ratification', 'acceptance'].flatMap(votes),
  ]
  return [
    { kind: 'change', start: p.drafting(), options, more },
    { kind: 'change', start: p.inRatification(), options, more: [p.assess(), p.assess(), p.verify(), p.verify(false), ...more] },
  ]
}
