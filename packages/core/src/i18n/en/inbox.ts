import type { Catalogue } from '../catalogue.ts'

export const inbox = {
  inbox: {
    accepted: (command, kind, instance) => `Done: ${command} (${kind} ${instance}).`,
    state: (state) => `State now: ${state}.`,
    due: (at) => `Next due: ${at}.`,
    edited: 'The record was edited after it had been carried out. What counts is what was carried out.',
    observed: 'It passed, although the policy would refuse it:',
    refused: 'Refused by the policy. Nothing was changed.',
    failed: 'It could not be carried out. Nothing was changed.',
    pending: (tries, of) => `It could not be carried out yet (try ${tries} of ${of}) and will be tried again.`,
  },
} satisfies Pick<Catalogue, 'inbox'>
