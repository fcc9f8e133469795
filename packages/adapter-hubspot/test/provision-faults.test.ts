// Provisioning when the portal refuses something, loses an answer or shows late what it has made.
import { listStates } from '@ka-governance/core'
import { expect, test } from 'vitest'
import type { HubSpotMapping } from '../src/options.ts'
import { objects } from '../src/schema.ts'
import { createFakeHubSpot } from './fake/server.ts'
import { provisionerOf } from './portal.ts'

test('definitions that are shown late, and requests that are lost, make nothing twice', async () => {
  const fake = createFakeHubSpot()
  fake.portal.behaviour.definitionLagMs = 700
  const lost = new Set([9, 12, 20, 31])
  fake.script = ({ number, method }) => (method !== 'GET' && lost.has(number) ? 'cutAfter' : null)
  const { after, problems } = await provisionerOf(fake).apply()
  expect({ after, problems }).toEqual({ after: [], problems: [] })
  expect(fake.portal.types.filter(({ custom }) => custom).length).toBe(Object.keys(objects).length)
  expect(fake.portal.typeOf('tickets').pipelines.length).toBe(1)
  expect(fake.portal.typeOf('p_kag_case').pipelines.length).toBe(listStates().size)
})

test('what was refused the second time, since its first answer was lost, is no problem once it is there', async () => {
  const fake = createFakeHubSpot()
  const once = new Set<string>()
  // The first request is carried out and not answered; HubSpot refuses its repetition with another status than 409.
  const losing: typeof fetch = async (input, init) => {
    const body = typeof init?.body === 'string' ? init.body : ''
    const isFirst = init?.method === 'POST' && !once.has(body)
    const answer = await fake.fetch(input, init)
    if (isFirst && (/"kag_tier"/.test(body) || /"KA complaints"/.test(body) || /"kag_governance"/.test(body))) {
      once.add(body)
      throw new TypeError('fetch failed')
    }
    if (answer.status !== 409) return answer
    const refusal = { status: 'error', message: 'It exists', category: 'VALIDATION_ERROR' }
    return new Response(JSON.stringify(refusal), { status: 400, headers: { 'content-type': 'application/json' } })
  }
  const { after, problems } = await provisionerOf(fake, { fetch: losing }).apply()
  expect(once.size).toBeGreaterThan(3)
  expect({ after, problems }).toEqual({ after: [], problems: [] })
})

test('what cannot be made is a problem with its reason; the rest is made all the same', async () => {
  const fake = createFakeHubSpot()
  for (let k = 0; k < 6; k += 1)
    fake.portal.define({
      name: `other_${String(k)}`,
      properties: [{ name: 'a', label: 'A', type: 'string', fieldType: 'text' }],
    })
  expect((await provisionerOf(fake).check()).find(({ code }) => code === 'no_room')?.message).toBe(
    '6 custom objects are needed, there is room for 4',
  )
  const { problems, after, pipelines } = await provisionerOf(fake).apply()
  expect(problems.map((problem) => problem.split(':')[0])).toEqual(['kag_policy', 'kag_command'])
  expect(after.map(({ object }) => object)).toEqual(['kag_policy', 'kag_command'])
  expect(Object.keys(pipelines.records)).toEqual(['complaint'])
})

test('a type of the mapping that is not there is a problem and a finding, and holds up nothing else', async () => {
  const fake = createFakeHubSpot()
  const mapping: HubSpotMapping = {
    records: { project: { type: 'p_projects', by: { unique: 'kag_instance_id' }, properties: {} } },
  }
  const { problems, after } = await provisionerOf(fake, { mapping }).apply()
  expect(problems.map((problem) => problem.split(':')[0])).toEqual(['p_projects.kag_governance'])
  expect(after.map(({ object, group, property }) => [object, group ?? property])).toEqual([
    ['p_projects', 'kag_governance'],
    ['p_projects', 'kag_instance_id'],
  ])
  const findings = await provisionerOf(fake, { mapping }).check()
  expect(findings.filter(({ path }) => path.startsWith('p_projects')).map(({ path, code }) => `${path} ${code}`)).toEqual([
    'p_projects.kag_governance missing',
    'p_projects.kag_instance_id missing',
  ])
})

test('an outage is no problem of a definition: it is thrown', async () => {
  const fake = createFakeHubSpot()
  fake.script = ({ method }) => (method === 'POST' ? 'unavailable' : null)
  await expect(provisionerOf(fake, { tries: 2 }).apply()).rejects.toMatchObject({ code: 'unavailable' })
})
