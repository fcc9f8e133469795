import { RowError, type FakeOrg } from './org.ts'

/** A row of a list, with its object. */
export interface ListedRow {
  readonly attributes: { readonly type: string }
  readonly [field: string]: unknown
}

const resultOf = ({ code, message, fields = [] }: RowError): object => ({
  success: false,
  errors: [{ statusCode: code, message, fields }],
})

/** Made all or none. */
export function madeTogether(org: FakeOrg, records: readonly ListedRow[], at: number) {
  const results: object[] = []
  try {
    org.transaction(() => {
      for (const record of records) {
        try {
          results.push({ id: org.create(record.attributes.type, record, at), success: true, errors: [] })
        } catch (error) {
          if (error instanceof RowError) results.push(resultOf(error))
          throw error
        }
      }
    })
  } catch (error) {
    if (!(error instanceof RowError)) throw error
    const message = 'Record rolled back because not all records were valid and the request was using AllOrNone header'
    const rolledBack = resultOf(new RowError('ALL_OR_NONE_OPERATION_ROLLED_BACK', message))
    const body = records.map((_, k) => (k === results.length - 1 ? results[k] : rolledBack))
    return { status: 400, body }
  }
  return { status: 200, body: results }
}

/** Changed each for itself. */
export function changedEach(org: FakeOrg, records: readonly ListedRow[], at: number) {
  const results = records.map(({ attributes: { type }, id, ...fields }) => {
    const key = typeof id === 'string' ? id : ''
    try {
      org.transaction(() => {
        org.update(type, key, fields, at)
      })
      return { id: key, success: true, errors: [] }
    } catch (error) {
      if (!(error instanceof RowError)) throw error
      return resultOf(error)
    }
  })
  return { status: 200, body: results }
}
