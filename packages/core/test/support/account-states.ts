import * as c from './account-stories.ts'
import * as a from './admission-stories.ts'
import { account, sweep } from './stories.ts'
import type { Step } from './story.ts'
import { reachedWith } from './ways.ts'

const reached = reachedWith(c.options)

/** A way to every state of an account's life that begins or ends a relation; the others are in `states.ts`. */
export const accountStates = [
  reached('prospect', [c.beta(), c.applies, a.withdraw, sweep()]),
  reached('candidate', [c.applies]),
  reached('admitted', [c.applies, a.register(), a.recommend(), a.vote('u-chen')]),
  reached('ka', [c.beta(), ...c.contracted(), c.motion, c.handover()]),
  reached('suspended', [c.beta(), ...c.contracted(), c.suspend]),
  reached('lapsed', c.lapsed),
  reached('lapsed', [...c.lapsed, sweep('190d')]),
  reached('blacklisted', [c.adopt(), ...c.blacklisted]),
  reached('merged', [...c.withBeta(), c.merge()]),
]

const by = 'adm-acme-1'
/** One well-formed command of every type that the account's life has beside its tier, by somebody who may send it somewhere. */
export const accountCommands: readonly Step[] = [
  account('u-novak', { type: 'releaseAdmission', by, outcome: 'withdrawn' }),
  account('u-novak', { type: 'admit', by, classes: [] }),
  account('u-novak', { type: 'recordCreditCode', by, creditCode: '91310000MA1K00001X' }),
  account('u-novak', {
    type: 'recordTeam',
    by,
    team: {
      accountManager: 'u-smith',
      marketingSpecialist: 'u-wu',
      productManager: 'u-peters',
      serviceRepresentative: 'u-huang',
    },
  }),
  account('u-novak', { type: 'establish', by, classes: [], contract: c.contract, conditions: 0 }),
  account('u-novak', { type: 'inheritTier', tier: 'A', from: 'beta' }),
  account('u-novak', { type: 'tellMore', about: 'tier', after: 'cmp-1' }),
  c.end(),
  c.renew,
  c.requalify(),
  c.suspend,
  c.resume,
  c.readmit(),
  c.handover({ interim: 'u-smith' }),
  c.nameManager,
  c.motion,
  c.merge(),
  account('u-novak', { type: 'absorb', from: 'beta', name: 'Beta', isKeyAccount: false }),
  c.split(),
  c.join(),
  account('u-novak', { type: 'addMember', member: 'beta' }),
  account('u-novak', { type: 'removeMember', member: 'beta' }),
]
