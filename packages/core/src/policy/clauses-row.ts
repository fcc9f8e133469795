import type { Parameter } from './clauses.ts'
import type { Unit } from './units.ts'

type Row = readonly [
  path: string,
  id: string,
  requirement: string,
  unit: Unit,
  example: string,
  en: string,
  zh: string,
  open?: 'open',
]

/** Turns the rows of a parameter table into parameters. */
export const parameterTable = (rows: readonly Row[]): readonly Parameter[] =>
  rows.map(([path, id, requirement, unit, example, en, zh, open]) => ({
    path,
    id,
    requirement,
    unit,
    example,
    label: { en, 'zh-CN': zh },
    open: open === 'open',
  }))
