// Where the example runs: on a portal when the environment names a token, else on a stand-in that answers as the API does and forgets everything.
import type { HubSpotStoreOptions } from '@ka-governance/adapter-hubspot'

/** What the service needs of its surroundings. */
export interface Surroundings {
  readonly name: string
  readonly options: HubSpotStoreOptions
  readonly now: () => number
  /** Ids of instances; absent: random ones. */
  readonly newId?: () => string
  /** Lets hours pass; in a portal nobody can. */
  readonly pass: ((hours: number) => void) | null
  /** Takes away the rule that the stand-in's admin has set up. */
  readonly dropRule: (() => void) | null
  /** Whether the types and properties of the adapter may be made where they are missing. */
  readonly mayProvision: boolean
}

/** A service key, or the token of a project app; one that provisions needs more scopes than one of every day. */
const portal = (accessToken: string): Surroundings => ({
  name: 'the portal',
  options: { client: { accessToken } },
  now: Date.now,
  pass: null,
  dropRule: null,
  mayProvision: process.argv.includes('--provision'),
})

const standIn = async (): Promise<Surroundings> => {
  // A tool of the adapter's own tests, not part of the package.
  const { createFakeHubSpot } = await import('../../packages/adapter-hubspot/test/fake/server.ts')
  const fake = createFakeHubSpot({ start: Date.parse('2026-03-02T09:00:00+08:00') })
  const { clock, portal: records } = fake
  let rule = true
  records.behaviour.rules.push(({ type, values }) =>
    rule && type === 'tickets' && values.get('kag_state') === 'investigating'
      ? { code: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY', properties: ['hs_resolution'] }
      : null,
  )
  records.create('companies', { name: 'Acme' })
  let ids = 0
  return {
    name: 'a stand-in',
    options: { client: fake.source, fetch: fake.fetch, now: clock.now, sleep: clock.sleep },
    now: clock.now,
    newId: () => `example-${String((ids += 1))}`,
    pass: (hours) => clock.advance(hours * 3_600_000),
    dropRule: () => (rule = false),
    mayProvision: true,
  }
}

const { HUBSPOT_TOKEN: token = '' } = process.env
export const surroundings = process.argv.includes('--fake') || token === '' ? await standIn() : portal(token)
