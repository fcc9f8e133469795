import type { Finding } from '../../errors/index.ts'
import { formatPath } from '../source/index.ts'
import { problem, type KnownPolicy, type Lint } from './lint.ts'

type People = NonNullable<NonNullable<KnownPolicy['directory']>['people']>

const noPerson = (path: string, id: string): Finding =>
  problem(path, 'unknown_reference', `no person ${id} in directory.people`, 'correct the id, or add the person')

const superiors = (people: People): readonly Finding[] =>
  Object.entries(people).flatMap(([id, person]) => {
    const superior = person?.superior
    if (superior === undefined) return []
    const path = formatPath(['directory', 'people', id, 'superior'])
    if (!Object.hasOwn(people, superior)) return [noPerson(path, superior)]
    const above = new Set<string>()
    for (let at: string | undefined = superior; at !== undefined && Object.hasOwn(people, at); at = people[at]?.superior) {
      if (at === id)
        return [problem(path, 'contradiction', `${id} is above itself: escalation would not end`, 'name another superior')]
      if (above.has(at)) return []
      above.add(at)
    }
    return []
  })

/** People of the static directory refer to people who exist, and delegations make sense. */
export const lintDirectory: Lint = ({ directory }) => {
  const people = directory?.people
  if (people === undefined) return []
  const delegations = (directory?.delegations ?? []).flatMap((d, i) => {
    if (d?.from === undefined || d.to === undefined || d.since === undefined || d.until === undefined) return []
    const path = `directory.delegations[${String(i)}]`
    return [
      ...(Object.hasOwn(people, d.from) ? [] : [noPerson(`${path}.from`, d.from)]),
      ...(Object.hasOwn(people, d.to) ? [] : [noPerson(`${path}.to`, d.to)]),
      ...(d.from === d.to ? [problem(path, 'contradiction', 'a delegation to oneself', 'name another person')] : []),
      ...(d.since > d.until ? [problem(path, 'order', 'the delegation ends before it begins', 'swap since and until')] : []),
    ]
  })
  return [...superiors(people), ...delegations]
}
