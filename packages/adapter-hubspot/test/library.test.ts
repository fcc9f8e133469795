// The same promises through the transport of @hubspot/api-client, over a real socket.
import { Client } from '@hubspot/api-client'
import { fromApiClient } from '@ka-governance/adapter-hubspot'
import { conformanceCases, runCase, type ConformanceSubject } from '@ka-governance/core/conformance'
import { describe, test } from 'vitest'
import { listen } from '../../../test/support/listen.ts'
import type { FakeHubSpot } from './fake/server.ts'
import { preparedPortal } from './governed-portal.ts'
import { hostedSubject, starter } from './hosted.ts'
import { hubSpotSubject, mapping } from './subject.ts'

/** The library's client of a portal behind a socket, and how to hang up. */
async function libraryOf(fake: FakeHubSpot) {
  const { url, close } = await listen(fake, fake.baseUrl)
  return { client: fromApiClient(new Client({ accessToken: fake.token(), basePath: url })), close }
}

const modes: readonly (readonly [title: string, subject: () => Promise<ConformanceSubject>])[] = [
  [
    'with custom objects',
    async () => {
      const fake = preparedPortal(mapping)
      const { client, close } = await libraryOf(fake)
      return { ...hubSpotSubject(fake, { client }), close }
    },
  ],
  [
    'with a journal of the host',
    async () => {
      const { fake, journal } = starter()
      const { client, close } = await libraryOf(fake)
      return { ...hostedSubject(fake, journal, { client }), close }
    },
  ],
]

describe.each(modes)('through the client library, %s, the HubSpot store keeps every promise that it declares', (_, subject) => {
  for (const each of conformanceCases)
    test(`${each.id}: ${each.title}`, async ({ skip }) => {
      const result = await runCase(each, await subject())
      if (result.status === 'skipped') skip(result.reason)
      if (result.status === 'failed') throw result.error
    })
})
