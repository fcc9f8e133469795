// A portal with everything that the adapter needs, made at once: what provisioning makes of the same definitions is tested where provisioning is.
import { definitionsOf } from '../src/metadata/definitions.ts'
import { resolveMapping, type HubSpotMapping } from '../src/options.ts'
import { createFakeHubSpot, type FakeHubSpot } from './fake/server.ts'

/** Complaints are tickets of the portal's own support pipeline. */
export const ticketMapping: NonNullable<NonNullable<HubSpotMapping['records']>['complaint']> = {
  type: 'tickets',
  by: { unique: 'kag_instance_id' },
  properties: {
    subject: { projection: 'instanceId' },
    hs_pipeline_stage: { value: '1' },
    kag_state: { projection: 'state' },
    kag_due_at: { instant: 'nextDueAt' },
    kag_has_to_act: { projection: 'owner' },
  },
}

/** Our types, and our properties on HubSpot's. */
export function prepare(fake: FakeHubSpot, mapping: HubSpotMapping): void {
  for (const schema of definitionsOf(resolveMapping(mapping), 'en').schemas) fake.portal.define(schema)
  prepareNative(fake, mapping)
}

/** Our properties on HubSpot's types alone: what a portal without custom objects has. */
export function prepareNative(fake: FakeHubSpot, mapping: HubSpotMapping): void {
  for (const { type, group, properties } of definitionsOf(resolveMapping(mapping), 'en').native)
    for (const property of properties)
      fake.portal.typeOf(type).properties.set(property.name, { ...property, groupName: group.name })
}

/** A fresh portal that is ready. */
export function preparedPortal(mapping: HubSpotMapping, options: Parameters<typeof createFakeHubSpot>[0] = {}): FakeHubSpot {
  const fake = createFakeHubSpot(options)
  prepare(fake, mapping)
  return fake
}
