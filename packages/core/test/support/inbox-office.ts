import { faultScript, type FaultScript, type MemoryCommand } from '@ka-governance/adapter-memory'
import type { InboundAnswer, ProcessInboxOptions } from '../../src/index.ts'
import { createHarness, type Harness, type HarnessOptions } from './harness.ts'
import * as s from './stories.ts'
import { complaintForm, play, type Story } from './story.ts'

/** Where a complaint is handled by rows. */
export interface Office extends Harness {
  readonly id: string
  readonly faults: FaultScript
  readonly leave: (command: Partial<MemoryCommand>) => string
  readonly answer: (id: string) => InboundAnswer
  readonly run: (options?: ProcessInboxOptions) => ReturnType<Harness['governance']['inbox']['process']>
}

/** A complaint told so far, and people who leave commands for it. */
export async function office(story: Story = s.received(), options: HarnessOptions = {}): Promise<Office> {
  const faults = faultScript()
  const h = createHarness({ ...options, store: { faults } })
  const { id } = await play(h, story)
  const { inbox } = h.memory
  return {
    ...h,
    id: id(),
    faults,
    leave: (command) => inbox.submit({ kind: 'complaint', instanceId: id(), actor: 'u-huang', ...command }),
    answer: (row) => {
      const given = inbox.answerTo(row)
      if (given === null) throw new Error(`${row} has no answer`)
      return given
    },
    run: (o) => h.governance.inbox.process(o),
  }
}

export const forward = { command: 'forward', form: { department: 'product' } }
export const accept = { command: 'accept', actor: 'u-peters' }
export const opening = (h: Harness) => ({
  kind: 'complaint',
  command: 'open',
  form: complaintForm(h.clock.now()),
  actor: 'u-huang',
})
