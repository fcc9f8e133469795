import { expect, test } from 'vitest'
import { names } from '../i18n/en/names.ts'
import { listStates } from './list-states.ts'
import { definitions } from './runtime.ts'

test('every kind has its states, each with a name, and every closed one is among them', () => {
  const listed = listStates()
  expect([...listed.keys()].sort()).toEqual(Object.keys(definitions).sort())
  for (const [kind, states] of listed) {
    const known = Object.keys(names.states[kind as keyof typeof names.states])
    expect(['opening', ...states.map(({ state }) => state)].sort(), kind).toEqual(known.sort())
    const closed = states.filter(({ isClosed }) => isClosed).map(({ state }) => state)
    expect(closed.sort(), kind).toEqual([...(definitions[kind]?.closedStates ?? [])].sort())
  }
})
