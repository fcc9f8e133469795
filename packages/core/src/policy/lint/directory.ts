import type { Finding } from '../../errors/index.ts'
import { guesser } from '../findings/index.ts'
import { formatPath } from '../source/index.ts'
import { flag, put, type KnownPolicy, type Lint } from './lint.ts'

type People = NonNullable<NonNullable<KnownPolicy['directory']>['people']>

type Guess = (word: string) => string | undefined

const noPerson = (path: string, person: string, guess: Guess): Finding => {
  return flag(path, 'personUnknown', { person, near: guess(person) ?? null })
}

/** Those in a circle of superiors; each person is looked at once. */
const circles = (people: People): ReadonlySet<string> => {
  const found = new Set<string>()
  const done = new Set<string>()
  for (const start of Object.keys(people)) {
    const way: string[] = []
    const seen = new Set<string>()
    let at: string | undefined = start
    while (at !== undefined && Object.hasOwn(people, at) && !done.has(at) && !seen.has(at)) {
      seen.add(at)
      way.push(at)
      at = people[at]?.superior
    }
    if (at !== undefined && seen.has(at)) for (const person of way.slice(way.indexOf(at))) found.add(person)
    for (const person of way) done.add(person)
  }
  return found
}

const superiors = (people: People, guess: Guess): readonly Finding[] => {
  const inCircle = circles(people)
  return Object.entries(people).flatMap(([id, person]) => {
    const superior = person?.superior
    if (superior === undefined) return []
    const path = formatPath(['directory', 'people', id, 'superior'])
    if (!Object.hasOwn(people, superior)) return [noPerson(path, superior, guess)]
    return inCircle.has(id) ? [flag(path, 'ownSuperior', { person: id })] : []
  })
}

/** People of the static directory refer to people who exist, and delegations make sense. */
export const lintDirectory: Lint = ({ directory, effectiveFrom }) => {
  const people = directory?.people
  if (people === undefined) return []
  const guess = guesser(Object.keys(people))
  const delegations = (directory?.delegations ?? []).flatMap((d, i) => {
    if (d?.from === undefined || d.to === undefined || d.since === undefined || d.until === undefined) return []
    const { from, to, since, until } = d
    const path = `directory.delegations[${String(i)}]`
    const swapped = [put(`${path}.since`, until), put(`${path}.until`, since)]
    return [
      ...(Object.hasOwn(people, from) ? [] : [noPerson(`${path}.from`, from, guess)]),
      ...(Object.hasOwn(people, to) ? [] : [noPerson(`${path}.to`, to, guess)]),
      ...(from === to ? [flag(path, 'delegationToSelf', {})] : []),
      ...(since > until ? [flag(path, 'delegationBackwards', {}, swapped)] : []),
      ...(since <= until && effectiveFrom !== undefined && until < effectiveFrom
        ? [flag(path, 'delegationOver', { until, from: effectiveFrom })]
        : []),
    ]
  })
  return [...superiors(people, guess), ...delegations]
}
