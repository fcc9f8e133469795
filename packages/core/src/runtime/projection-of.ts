import type { Projection } from '../ports/index.ts'
import { project } from './entry.ts'
import type { Loaded } from './instance.ts'
import { definitionOf, type Runtime } from './runtime.ts'
import { calendarOf, termsOf } from './terms.ts'

/** What the visible record of an instance has to show, by its journal's head and the calendar data of today. */
export async function projectionOf(runtime: Runtime, { instance, head }: Loaded): Promise<Projection> {
  const definition = definitionOf(instance.kind)
  const policy = await runtime.policies.of(instance.policy)
  return project(
    definition,
    policy,
    instance,
    head.seq,
    termsOf(definition, policy, calendarOf(instance, policy, runtime.calendars)),
  )
}
