// The documented way in: a Connection of @salesforce/core, over a real socket. Set before the library is loaded, so that it writes nothing and asks no proxy.
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSalesforceStore } from '@ka-governance/adapter-salesforce'
import { conformanceCases, makeChain, runCase } from '@ka-governance/core/conformance'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { listen } from '../../../test/support/listen.ts'
import { createFakeSalesforce, version, type FakeSalesforce } from './fake/server.ts'
import { createWitness, mapping, seedAccounts } from './subject.ts'

const home = mkdtempSync(join(tmpdir(), 'kag-'))
beforeAll(() => {
  for (const [name, value] of Object.entries({
    HOME: home,
    SF_DISABLE_LOG_FILE: 'true',
    SF_DISABLE_TELEMETRY: 'true',
    HTTP_PROXY: '',
    HTTPS_PROXY: '',
    http_proxy: '',
    https_proxy: '',
  }))
    vi.stubEnv(name, value)
})
afterAll(() => {
  vi.unstubAllEnvs()
})

/** A connection from a token, told its version: the one form in which the library asks the org for nothing by itself. */
async function connectionTo(url: string, fake: FakeSalesforce) {
  const { AuthInfo, Connection } = await import('@salesforce/core')
  const { accessToken } = fake.session
  const authInfo = await AuthInfo.create({ username: accessToken, accessTokenOptions: { accessToken, instanceUrl: url } })
  return Connection.create({ authInfo, connectionOptions: { version } })
}

describe('through a Connection of @salesforce/core, over a socket', () => {
  test('every promise of the port', async () => {
    const failed: string[] = []
    let passed = 0
    for (const each of conformanceCases) {
      const fake = createFakeSalesforce()
      const accounts = seedAccounts(fake.org)
      const { url, close } = await listen(fake, fake.session.instanceUrl)
      const connection = await connectionTo(url, fake)
      const store = createSalesforceStore({ connection, mapping, sleep: async () => undefined, jitter: () => 0.5 })
      const result = await runCase(each, { store, accounts, witness: createWitness(fake.org), close })
      if (result.status === 'failed') failed.push(`${each.id}: ${String(result.error)}`)
      if (result.status === 'passed') passed += 1
    }
    expect(failed).toEqual([])
    expect(passed).toBeGreaterThan(50)
  })

  test('nothing is asked of the org before the first command, and nothing of ours is on the disk', async () => {
    const fake = createFakeSalesforce()
    const { url, close } = await listen(fake, fake.session.instanceUrl)
    const connection = await connectionTo(url, fake)
    const store = createSalesforceStore({ connection, mapping })
    expect(fake.log).toEqual([])
    const [first] = makeChain('cmp-1', 1)
    if (first === undefined) throw new Error('a commit')
    await store.commit([first])
    expect(fake.log.map(({ method, path }) => `${method} ${path}`)).toEqual([`POST /services/data/v${version}/composite`])
    await close()
    expect(readdirSync(home, { recursive: true }).filter((name) => /kag|governance/i.test(String(name)))).toEqual([])
  })
})
