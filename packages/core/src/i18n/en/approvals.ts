import type { Catalogue } from '../catalogue.ts'

export const approvals: Catalogue['approvals'] = {
  names: {
    extension: 'Approval of the extension',
    compensation: 'Approval of the compensation',
    dissatisfaction: 'Decision on the dissatisfied customer',
    review: 'Department review',
    decision: 'Management decision',
    appeal: 'Decision on the appeal',
  },
  outcomes: {
    pending: 'Pending',
    approved: 'Approved',
    rejected: 'Rejected',
    sentBack: 'Sent back',
    blocked: 'Blocked',
    void: 'Void',
  },
  stageStatus: { waiting: 'Waiting', open: 'Open', passed: 'Passed', failed: 'Failed' },
  choices: { approve: 'Approve', reject: 'Reject', sendBack: 'Send back' },
  modes: { any: 'Any one', all: 'All must agree', nOfM: 'n of m', perDepartment: 'One of each department' },
  stances: { support: 'In favour', neutral: 'Neutral', concern: 'With concerns' },
  changes: { addApprover: 'Approver added', transfer: 'Vote transferred', recuse: 'Recused', replace: 'Elector replaced' },
  seats: {
    scheme: 'By the scheme',
    substitute: 'Substitute',
    added: 'Added',
    transfer: 'By transfer',
    replacement: 'As replacement',
  },
  stages: {
    opinions: 'Opinions of the departments',
    management: 'Management',
    head: 'Head of customer service',
    money: 'Customer service and finance',
    committee: 'KA management group',
  },
  delegationFaults: {
    none: 'nobody delegated',
    notInForce: 'the delegation is not in force',
    tooLong: 'the chain of delegations is too long',
    toBarredPerson: 'it leads to a person who is barred',
    votesForAnother: 'votes for another approver already',
    electorOfTheStage: 'is an approver of the stage',
  },
}
