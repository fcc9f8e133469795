import { effectMappingFindings, type Finding, type FormatOptions, type Locale } from '@ka-governance/core'
import { apiName } from '../soql.ts'

/** An effect that people of the org get as a Task, made in the same transaction as the entry. */
export interface TaskMapping {
  /** Whose language the subject is in. */
  readonly locale: Locale
  /** IANA zone in which a due instant is a day. */
  readonly timeZone: string
  /** Names of people and of what the policy defines: `formatOptionsOf(policy)`. @default their ids, in quotes */
  readonly words?: FormatOptions
  /**
   * Who gets it: roles, `owner`, `department` or `person:<id>`.
   *
   * @default whom the effect itself names
   */
  readonly to?: readonly string[]
  /** With more people than that nobody gets a task, and the effect waits for a handler. @default 5 */
  readonly most?: number
  /** Further fields of every task, e.g. `{ Priority: 'High' }`. */
  readonly fields?: { readonly [field: string]: string | number | boolean }
}

/** By type of effect. Types that are not named wait for a handler of the host. */
export interface EffectsMapping {
  readonly [type: string]: { readonly task: TaskMapping }
}

/** Fields of a task that the adapter fills in. */
export const filledIn = ['OwnerId', 'Subject', 'ActivityDate', 'WhatId', 'Description'] as const

/** What is wrong with the mapping of effects. */
export function effectsFindings(effects: EffectsMapping, keyField: string): readonly Finding[] {
  return Object.entries(effects).flatMap(([type, { task }]): readonly Finding[] => {
    const path = `effects.${type}`
    return [
      ...effectMappingFindings(type, 'task', task.timeZone),
      ...(task.most === undefined || (Number.isInteger(task.most) && task.most >= 1 && task.most <= mostTasks)
        ? []
        : [
            {
              path: `${path}.task.most`,
              code: 'range',
              message: `${String(task.most)} is no number from 1 to ${String(mostTasks)}`,
              remedy: 'give how many people at most get a task',
            },
          ]),
      ...Object.keys(task.fields ?? {})
        .filter((field) => !apiName.test(field) || [...filledIn, keyField].includes(field))
        .map((field) => ({
          path: `${path}.task.fields`,
          code: 'api_name',
          message: `${JSON.stringify(field.slice(0, 80))} is no field that can be given`,
          remedy: 'name a field of Task that the adapter does not fill in',
        })),
    ]
  })
}

/** What fits into a call beside what a command itself writes. */
const mostTasks = 10
