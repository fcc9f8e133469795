import type { HarnessOptions } from './harness.ts'
import type { Story } from './story.ts'

/** One of the stories that together walk every state and every transition of a workflow. */
export interface Way {
  readonly title: string
  readonly story: Story
  readonly options?: HarnessOptions
}

/** A way to a state of a workflow. */
export interface Reached {
  readonly state: string
  readonly story: Story
  readonly options: HarnessOptions
}

/** Ways of harnesses that are all alike. */
export const reachedWith =
  (options: HarnessOptions) =>
  (state: string, story: Story): Reached => ({ state, story, options })
