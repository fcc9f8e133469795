import { formatStateName, type Locale } from '@ka-governance/core'
import { reportTexts } from './texts.ts'

/** The name of a state as the SDK's catalogue has it; what stands around states in a chart, and what never came to one, has its name here. */
export function stateName(kind: string, state: string, locale: Locale): string {
  const own = reportTexts(locale).otherStates
  const key = [`${kind}.${state}`, state].find((name) => Object.hasOwn(own, name))
  return key === undefined ? formatStateName(state, locale, kind) : (own[key] ?? state)
}
