// Where the example runs: on an org when the environment names one, else on a stand-in that answers as the REST API does and forgets everything.
import { createVirtualClock } from '@ka-governance/adapter-memory'
import type { SalesforceStoreOptions } from '@ka-governance/adapter-salesforce'

/** What the service needs of its surroundings. */
export interface Surroundings {
  readonly name: string
  readonly options: SalesforceStoreOptions
  readonly now: () => number
  /** Ids of instances; absent: random ones. */
  readonly newId?: () => string
  /** Lets hours pass; on an org nobody can. */
  readonly pass: ((hours: number) => void) | null
  /** Takes away the validation rule that the stand-in's admin has set up. */
  readonly dropRule: (() => void) | null
}

/** A plain session: an access token from wherever your service gets one (client credentials, JWT bearer). It cannot be renewed here. */
const org = (instanceUrl: string, accessToken: string): Surroundings => ({
  name: new URL(instanceUrl).host,
  options: { connection: { instanceUrl, accessToken } },
  now: Date.now,
  pass: null,
  dropRule: null,
})

const standIn = async (): Promise<Surroundings> => {
  // A tool of the adapter's own tests, not part of the package.
  const { createFakeSalesforce } = await import('../../packages/adapter-salesforce/test/fake/server.ts')
  const clock = createVirtualClock('2026-03-02T09:00:00+08:00')
  let rule = true
  const fake = createFakeSalesforce({
    extra: {
      Case: {
        rules: [(row) => (rule && row['KagState__c'] === 'investigating' ? 'Name the product first' : null)],
      },
    },
  })
  fake.org.create('Account', { Name: 'Acme' }, clock.now())
  let ids = 0
  return {
    name: 'a stand-in',
    options: { connection: fake.session, fetch: fake.fetch },
    now: clock.now,
    newId: () => `example-${String((ids += 1))}`,
    pass: (hours) => void clock.advance(hours * 3_600_000),
    dropRule: () => (rule = false),
  }
}

const { SF_INSTANCE_URL: url = '', SF_ACCESS_TOKEN: token = '' } = process.env
export const surroundings = process.argv.includes('--fake') || url === '' || token === '' ? await standIn() : org(url, token)
