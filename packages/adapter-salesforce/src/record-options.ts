import type { Finding } from '@ka-governance/core'
import type { RecordMapping } from './options.ts'

/** What no org could make work of a visible record: rows of ours, its key among the fields, a field of another record, a field mapped twice. */
export function fieldsFindings(kind: string, { object, by, fields }: RecordMapping, own: readonly string[]): readonly Finding[] {
  const path = `mapping.records.${kind}`
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
  const keys = ['Id', ...(by === 'accountId' ? [] : [by.externalId])]
  const names = Object.keys(fields)
  return [
    ...(own.some((each) => same(each, object))
      ? [
          {
            path: `${path}.object`,
            code: 'own_object',
            message: `${object} is kept by the adapter itself`,
            remedy: 'name a record that people see',
          },
        ]
      : []),
    ...names.flatMap((name, k): readonly Finding[] => {
      const wrong = keys.some((key) => same(key, name))
        ? { code: 'key', message: 'the record is found by it, so that it cannot be written', remedy: 'take it out' }
        : name.includes('.')
          ? { code: 'other_record', message: 'belongs to another record', remedy: 'name a field of the object itself' }
          : names.findIndex((each) => same(each, name)) < k
            ? {
                code: 'twice',
                message: 'names a field that is mapped already: the org knows no capitals',
                remedy: 'keep one of them',
              }
            : null
      return wrong === null ? [] : [{ path: `${path}.fields.${name}`, ...wrong }]
    }),
  ]
}
