import { expect, test } from 'vitest'
import type { ProjectChangeContext } from '../src/index.ts'
import { createHarness, refusalsOf, type HarnessOptions, type PolicyPatch } from './support/harness.ts'
import * as p from './support/project-stories.ts'
import { play, refused, type Story } from './support/story.ts'

/** Every approval by one hand, but the ratification as the preset has it. */
const others = Object.fromEntries(
  Object.entries((p.oneHand['approval'] ?? {}) as PolicyPatch).filter(([name]) => name !== 'ratification'),
)
const asPreset: HarnessOptions = { policy: { approval: others } }
const withDepartments: HarnessOptions = {
  policy: {
    approval: {
      ...others,
      ratification: {
        stages: [
          {
            id: 'affected',
            mode: 'perDepartment',
            electors: ['affected.head'],
            timeout: { amount: 1, unit: 'workingDays' },
            escalateTo: 'kaGroup.head',
          },
        ],
      },
    },
  },
}

async function change(story: Story, options: HarnessOptions) {
  const h = createHarness(options)
  const played = await play(h, story)
  const view = await h.governance.projectChange.get(played.id('change'))
  return { view, context: view?.context as ProjectChangeContext, refusals: refusalsOf(played.results.at(-1)) }
}

test('decision 10, I-17: an emergency is ratified by approval.ratification: three of the group with its head, no department', async () => {
  const opened = await change(p.inRatification(), asPreset)
  const { ratification } = opened.context.approvals
  expect(ratification?.stages.map(({ id }) => id)).toEqual(['group'])
  const twice = await change(
    [...p.inRatification(), p.vote('u-wang', 'ratification'), p.vote('u-zhao', 'ratification')],
    asPreset,
  )
  expect(twice.view?.state).toBe('ratifying')
  const { view } = await change(
    [...p.inRatification(), ...['u-wang', 'u-zhao', 'u-lin'].map((who) => p.vote(who, 'ratification')), p.consent()],
    asPreset,
  )
  expect(view?.state).toBe('implemented')
})

test('I-17: a major change is still approved by the group and the departments, whatever ratifies an emergency', async () => {
  const onlyGroup: HarnessOptions = { policy: { approval: { plan: others['plan'] ?? null } } }
  const { context } = await change([...p.drafting(), p.apply(p.twoLines), p.assess('scope')], onlyGroup)
  expect(context.measured?.class).toBe('major')
  expect(context.approvals.change?.stages.map(({ id }) => id)).toEqual(['group', 'affected'])
})

test('I-17: a company may have its departments ratify; nobody else votes then', async () => {
  const { refusals } = await change(
    [...p.inRatification(), refused(p.vote('u-chen', 'ratification'), 'not_an_elector')],
    withDepartments,
  )
  expect(refusals).toMatchObject([{ clause: 'I-17' }])
})
