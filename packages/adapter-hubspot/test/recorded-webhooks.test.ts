import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { HubSpotEvent } from '../src/webhooks/events.ts'
import { readWebhook } from '../src/webhooks/read-webhook.ts'
import { read, there } from './recordings.ts'

interface Item {
  readonly id: string
  readonly headers?: { readonly [name: string]: string }
  readonly body: unknown
}

const secret = 'a-secret-of-nobody'
const url = 'https://kag.example/hubspot'
/** As HubSpot would send it: the body to the byte, signed, at the instant that the recording names. */
function sent({ headers, body }: Item, now: number) {
  const [text, at] = [JSON.stringify(body), headers?.['x-hubspot-request-timestamp'] ?? String(now)]
  const signature = createHmac('sha256', secret).update(`POST${url}${text}${at}`).digest('base64')
  const signed = { ...headers, 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': at }
  return readWebhook({ method: 'POST', url, headers: signed, body: text }, { secrets: secret, portals: ['12345678'], now })
}

describe('recorded webhooks are read as what they are (skipped: no recordings beside the project)', () => {
  const click: Partial<HubSpotEvent> = {
    what: 'propertyChange',
    portalId: '12345678',
    objectTypeId: '2-1000001',
    objectId: '180000000001',
    property: 'kag_request',
    value: 'approve',
    source: 'CRM_UI',
    userId: '70000001',
    mergedInto: null,
  }
  /** By recording; `null`: no webhook, so that its body is no list of events. */
  const expected: { readonly [id: string]: Partial<HubSpotEvent> | null } = {
    'webhook-v3-property-change': { ...click, at: 1_751_276_050_977 },
    'webhook-v3-own-echo': { ...click, at: 1_751_276_051_977, value: '', source: 'INTEGRATION', userId: null },
    'custom-workflow-action': null,
    'custom-workflow-action-answer-async': null,
  }

  test.skipIf(!there)('each of them, signed anew', () => {
    const { items } = read('webhook-payloads.json') as { readonly items: readonly Item[] }
    expect(items.map(({ id }) => id).sort()).toEqual(Object.keys(expected).sort())
    for (const item of items) {
      const verdict = sent(item, 1_751_276_052_000)
      const event = expected[item.id] ?? null
      if (event === null) expect(verdict, item.id).toEqual({ status: 400, reason: 'no_list', events: [] })
      else expect(verdict, item.id).toMatchObject({ status: 204, events: [event], passedOver: 0 })
    }
  })

  test.skipIf(!there)('the signature of a recording is none', () => {
    const { items } = read('webhook-payloads.json') as { readonly items: readonly Item[] }
    const [first] = items
    const request = { method: 'POST', url, headers: first?.headers ?? {}, body: JSON.stringify(first?.body) }
    const verdict = readWebhook(request, { secrets: secret, portals: ['12345678'], now: 1_751_276_052_000 })
    expect(verdict).toEqual({ status: 401, reason: 'malformed', events: [] })
  })
})
