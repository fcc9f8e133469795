// The stories of core, every command of a person left as a record of the portal.
import { expect, test } from 'vitest'
import { createHarness, journals } from '../../core/test/support/harness.ts'
import { play } from '../../core/test/support/story.ts'
import { rowStories, throughInbox, withIdsOf, type PeoplesSide } from '../../core/test/support/through-inbox.ts'
import { sealOf } from '../src/webhooks/seal.ts'
import { governedOn, without, type Governed } from './governed.ts'
import { seals } from './subject.ts'

/** Records as an intake leaves them. */
function portalOf({ harness, fake: { portal } }: Governed): PeoplesSide {
  let count = 0
  return {
    submit: ({ kind, instanceId = null, command = '', form = '', actor, onBehalfOf = null }) => {
      count += 1
      const key = `row-${String(count)}`
      const values = {
        kag_command_key: key,
        kag_kind: kind,
        kag_instance_id: instanceId ?? '',
        kag_command: command,
        kag_payload: typeof form === 'string' ? form : JSON.stringify(form),
        kag_on_behalf_of: onBehalfOf ?? '',
        kag_actor: actor,
        kag_at_ms: String(harness.clock.now()),
        kag_status: 'new',
      }
      portal.create('kag_command', { ...values, kag_seal: sealOf(seals, values) })
      return key
    },
    answerTo: (id) => {
      const values = portal.find('kag_command', id, 'kag_command_key')?.values
      const text = (name: string): string | null => values?.get(name) || null
      const status = text('kag_status')
      if (status !== 'accepted' && status !== 'refused' && status !== 'failed') return null
      const [instanceId, entryKey, state] = [text('kag_answered_id'), text('kag_event_key'), text('kag_state')]
      return { id, status, text: text('kag_answer') ?? '', instanceId, entryKey, state, nextDueAt: null, tries: 0 }
    },
  }
}

test.each(rowStories)(
  '%s: left as records of the portal, the story gives the journal that it gives through the API',
  async (_, story, options) => {
    const keys = new Map<string, string>()
    const governed = governedOn(options)
    const { harness } = governed
    await play(harness, story, 'step', throughInbox(harness, keys, portalOf(governed)))
    expect(keys.size).toBeGreaterThan(4)
    const sent = createHarness({ ...options, store: { ...options.store, without } })
    await play(sent, story, 'step', withIdsOf(sent, keys))
    expect(await journals(harness.store)).toEqual(await journals(sent.store))
    expect((await harness.governance.verifyJournal()).problems).toEqual([])
  },
)
