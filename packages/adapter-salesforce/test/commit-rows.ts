// What is sent to the org for a commit, and an answer that names no cause.
import type { CommitRows } from '../src/mapping.ts'
import type { CommitRequest } from '../src/requests.ts'

/** Rows of the first entry of a complaint, which shows on a case. */
export const commitRows = (more: Partial<CommitRows>): CommitRows => ({
  instanceId: 'cmp-1',
  seq: 1,
  eventKey: 'cmp-1-000001',
  commandKey: 'k',
  instance: {},
  recordType: null,
  event: {},
  effects: [],
  native: [],
  documents: [],
  milestones: [],
  acknowledges: [],
  record: { object: 'Case', by: { field: 'KagInstanceKey__c', key: 'cmp-1', makes: true }, fields: {} },
  unfit: null,
  shown: {},
  blocked: () => ({}),
  ...more,
})

/** Every request was rolled back, and of none it is said why. */
export const haltedAnswers = (requests: readonly CommitRequest[], message: string) =>
  requests.map(({ request }) => ({
    referenceId: request.referenceId,
    status: 400,
    body: null,
    errors: [{ code: 'PROCESSING_HALTED', message, fields: [] }],
  }))
