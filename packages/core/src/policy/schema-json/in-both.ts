import type { Labels } from '../parts.ts'

/** A name in English and in Chinese. */
export type Row = readonly [en: string, zh: string]

/** Names in both languages, by key. */
export const inBoth = (rows: { readonly [key: string]: Row }): { readonly [key: string]: Labels } =>
  Object.fromEntries(Object.entries(rows).map(([key, [en, zh]]) => [key, { en, 'zh-CN': zh }]))

/** Days of the week, as the keys of working hours and as the choice of a day. */
export const weekdays = {
  mon: ['Monday', '周一'],
  tue: ['Tuesday', '周二'],
  wed: ['Wednesday', '周三'],
  thu: ['Thursday', '周四'],
  fri: ['Friday', '周五'],
  sat: ['Saturday', '周六'],
  sun: ['Sunday', '周日'],
} as const
