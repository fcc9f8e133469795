import type { Row, SalesforceClient } from './client.ts'

/** Most values of a list in one query: of rows with long texts a page has about so many. */
const most = 200
/** Most characters of such a list once it stands in an address. */
const longest = 10_000

/** Values in lists that a query can hold, each value once. */
export function chunksOf(values: readonly string[]): readonly (readonly string[])[] {
  const chunks: string[][] = []
  let length = 0
  for (const value of new Set(values)) {
    const more = encodeURIComponent(value.toWellFormed()).length + '%27%27%2C%20'.length
    const last = chunks.at(-1)
    if (last === undefined || last.length >= most || length + more > longest) {
      chunks.push([value])
      length = more
    } else {
      last.push(value)
      length += more
    }
  }
  return chunks
}

/** The rows that a query finds for each list of values: as few calls as they fit into. */
export async function rowsOfMany(
  client: SalesforceClient,
  values: readonly string[],
  query: (values: readonly string[]) => string,
): Promise<readonly Row[]> {
  return (await answersOf(client, chunksOf(values).map(query))).flat()
}

/** All rows of each query; one query is a plain one, several share calls. */
export async function answersOf(client: SalesforceClient, queries: readonly string[]): Promise<readonly (readonly Row[])[]> {
  const [only] = queries
  if (only === undefined || queries.length > 1) return queries.length === 0 ? [] : client.queries(queries)
  const rows: Row[] = []
  for await (const row of client.query(only)) rows.push(row)
  return [rows]
}
