// What the documents ask for, by subject, in a few words of our own. The numbers of docs/requirements.md are the same ones; parameters (P-01 …) have
// their names from the policy itself.

/** What a requirement is: a step of a workflow, something to compute, a duty that comes back, a record, a right, or a statement that no program tests. */
export type Kind = 'step' | 'computed' | 'duty' | 'record' | 'right' | 'statement'
export type Asked = Readonly<{ id: string; kind: Kind; what: string }>
export type Subject = Readonly<{ family: string; name: string; asked: readonly Asked[] }>

const kinds: Readonly<{ [sign: string]: Kind }> = {
  s: 'step',
  c: 'computed',
  d: 'duty',
  r: 'record',
  a: 'right',
  n: 'statement',
}

/** Rows of `<number> <kind> <what>`. */
const subject = (family: string, name: string, rows: string): Subject => ({
  family,
  name,
  asked: rows
    .trim()
    .split('\n')
    .map((row) => {
      const [, number = '', sign = '', what = ''] = /^(\d\d) ([a-z]) (.+)$/.exec(row.trim()) ?? []
      const kind = kinds[sign]
      if (kind === undefined) throw new Error(`no row of a subject: ${row}`)
      return { id: `${family}-${number}`, kind, what }
    }),
})

export const subjects: readonly Subject[] = [
  subject(
    'GOV',
    'Governance',
    `01 n One policy for all dealings with key accounts
     02 n Customer first, mutual gain, one professional standard, means where they count
     03 n Service by value, tiers that move, groups that inform, information kept safe
     04 a The key-account management group: head and members
     05 s The group owns the policy: publishing it, and reviewing how it does
     06 a Binding for every department that meets customers
     07 a A key-account department with written posts
     08 n Departments work together, and share what they know
     09 n Taken up in phases, the tightest bottleneck first
     10 n Six steps from goal to review of the effect
     11 n Informed processes, joined channels, data that supports decisions
     12 n Satisfaction and profit rise together`,
  ),
  subject(
    'DEV',
    'Development of prospects',
    `01 r Research of a prospect's industry, needs and competition
     02 r Goals of development, from the company's strategy
     03 r Leads with their source
     04 r A plan for each prospect`,
  ),
  subject(
    'ADM',
    'Admission of key accounts',
    `01 c Criterion: lawful and reputable
     02 c Criterion: need, size, room to grow
     03 c Criterion: willing to stay and to cooperate
     04 c Criterion: sound finances, pays in time
     05 s Registration form
     06 s Screening, and the report of those who meet the basic conditions
     07 s The management group decides
     08 s A key account with a team
     09 s Signing, from which the relationship runs
     10 s Rejection, return, withdrawal, expiry, applying again
     11 c Further criteria: purchasing power, market share, technical need, size
     12 d Looked at again and again, not once
     13 r Contract terms and how they are kept`,
  ),
  subject(
    'CLS',
    'Classes, segments, service levels',
    `01 n Strategic weight, large volume and profit
     02 c Industry leader, scale, strategic partner: not exclusive
     03 r Customer type, industry, region
     04 c Sensitive to price, to service, to technology
     05 c Value now, potential value, lifetime value, loyalty and influence
     06 r Service levels of the tiers
     07 c People, goods, information and budget by level`,
  ),
  subject(
    'TIER',
    'Tiers and the KA grade',
    `01 c Five factors of a tier
     02 c What makes an A
     03 c What makes a B
     04 c What makes a C
     05 c What makes a D
     06 c The KA grade, of other indicators
     07 s What each grade leads to, ending the cooperation included
     08 d The grade every half year`,
  ),
  subject(
    'ADJ',
    'Tier adjustment',
    `01 d Every customer every half year
     02 c Up to A
     03 c Up to B
     04 c Up to C, up from D
     05 c Down from A
     06 c Down from B
     07 c Down from C
     08 s Leaving from D
     09 s Facts of the cycle
     10 s Proposal with reasons and evidence
     11 s Opinions of the departments
     12 s Decision of the management, which may overrule the numbers
     13 s Everybody concerned is told; the group changes with the tier`,
  ),
  subject(
    'SVC',
    'Service team',
    `01 r A team for each key account
     02 d What customers think of the sales staff`,
  ),
  subject(
    'COM',
    'Communication',
    `01 d Visits of the account manager
     02 d Quarterly meeting with an executive
     03 d Feedback gathered and acted on
     04 d Return visits of customer service
     05 d Sales visits that look for problems
     06 d Executives briefed before they visit
     07 d Plan of mutual executive visits
     08 d Yearly symposium`,
  ),
  subject(
    'CARE',
    'Care',
    `01 d Greetings, birthdays, gifts
     02 d Training and seminars
     03 r Joint marketing`,
  ),
  subject('SAT', 'Satisfaction', '01 d Surveys by plan, followed over time'),
  subject(
    'DEM',
    'Demands',
    `01 r Needs seen before they are voiced
     02 s Weighed by the departments concerned
     03 s Urgent: reply and solution in time
     04 s Other: a definite answer in time
     05 s Clarify, assess, plan, carry out, follow up
     06 c Speed and quality of the response`,
  ),
  subject(
    'EMG',
    'Emergencies',
    `01 s Recognised and judged fast
     02 r Contacts and measures known beforehand
     03 s Followed until solved`,
  ),
  subject('MKT', 'Marketing support', '01 d Plans and events for key accounts'),
  subject('PRD', 'Product support', '01 s Development, training and help for key accounts'),
  subject('SUP', 'Supply', '01 d Served first, stock agreed before the season'),
  subject(
    'INS',
    'Inspections',
    `01 d As often as the tier wants
     02 r State of equipment, stability, security
     03 r A report of each`,
  ),
  subject(
    'CPL',
    'Complaints',
    `01 r Channels of intake
     02 s Recorded and handed to the department in time
     03 s Investigated: cause and responsible party
     04 s A plan, carried out in time
     05 s Complex cases: progress told, time extended
     06 s Call back: is the customer satisfied?
     07 s Lessons, and prevention
     08 a Customer service answers for it; who else takes part
     09 s Returned goods: the KA manager decides
     10 s The same steps every time
     11 s Responsibility determined, rework and its nature, archive
     12 d What concerns products goes to manufacturing
     13 s Feedback from groups, sorted
     14 s General matter: result in time
     15 s Several departments: a meeting, and a longest time
     16 c Hot topics`,
  ),
  subject('CON', 'Conflicts', '01 s Nobody judges a conflict that is about himself'),
  subject(
    'PRJ',
    'Cooperation projects',
    `01 s Need confirmed and signed by both sides
     02 s Feasible technically, economically, operationally
     03 s Approved and initiated: team, leader, duties
     04 r Milestones and dates
     05 r People, material, money
     06 s The plan approved, then the baseline
     07 s Carried out by the plan
     08 d Weekly report
     09 s Checked before acceptance is asked for
     10 s The customer accepts; both sign
     11 s Looked back on`,
  ),
  subject(
    'CHG',
    'Project changes',
    `01 s Application, assessment, approval, implementation
     02 s Nothing unapproved is implemented`,
  ),
  subject(
    'GRP',
    'Customer groups',
    `01 a Members of the A group
     02 a Members of the B group
     03 a Members of the C group
     04 a Members of the D group
     05 s What is published where, and after which review
     06 a Reliable news only
     07 d Meetings and analyses by tier
     08 c Replies in time
     09 s Demands recorded, assigned, answered`,
  ),
  subject(
    'PRM',
    'Permissions in groups',
    `01 a A: authorised people only
     02 a B: sensitive matter after approval
     03 a C: important replies after a report
     04 a D: watching, no business`,
  ),
  subject(
    'INF',
    'Customer information',
    `01 r Basics of the company
     02 r Business and plans
     03 r Feedback
     04 r One file a customer, complete
     05 c Needs, habits, potential
     06 d To sales and to development`,
  ),
  subject(
    'SEC',
    'Information security',
    `01 a Within the law
     02 a Authorised people; sensitive operations recorded
     03 d Staff trained
     04 d The system looked after`,
  ),
  subject(
    'DAT',
    'Data',
    `01 r Sales
     02 r Service
     03 r Market
     04 c Behaviour, dissatisfaction, position`,
  ),
  subject('CRM', 'CRM', '01 r Complete, correct and timely information; service records'),
  subject('DSH', 'Dashboards', '01 c Numbers in real time, seen by level'),
  subject('MOB', 'Mobile', '01 n The host CRM on a telephone'),
  subject(
    'INC',
    'Incentives',
    `01 c What a sales team achieved
     02 c Better terms for customers, a yearly rebate among them
     03 c Awards of a team`,
  ),
  subject('CST', 'Contract constraints', '01 r Rights, duties, breach'),
  subject(
    'REB',
    'Rebates and offers',
    `01 c A rate that rises with the year's quantity
     02 c Prices out of season
     03 c Bundles
     04 n Packaging and substitutes`,
  ),
  subject(
    'SEG',
    'Measures by segment',
    `01 d From price towards service
     02 d Reminded of service, and given more
     03 d Custom development, trials, joint research`,
  ),
  subject(
    'KPI',
    'Key figures',
    `01 c Satisfaction (F-1)
     02 c Retention by tier (F-2)
     03 c Upgrades (F-3)
     04 c Complaints handled in time (F-4)
     05 c Posts and management appraised`,
  ),
  subject(
    'TRN',
    'Training',
    `01 d Of customers
     02 d Of staff`,
  ),
  subject(
    'CRP',
    'Customer relationship plan',
    `01 r Goals, strategy, process, duties, means, evaluation
     02 r Communication, satisfaction, care, complaints
     03 d Monitored and improved`,
  ),
]

/** What the documents only imply, and the policy must say. */
export const implied: readonly string[] = [
  'Need: volume and growth',
  'Finance: capital, late payment, years',
  'After a rejection: when again, how long, how often',
  'Disputes that a tier bears',
  'Weights and cut-offs of the KA grade',
  'Time to settle a serious dispute',
  'Late payments and attempts to talk',
  'Demands that are not urgent',
  'Cycle of inspections',
  'Extension of complex complaints',
  'Weights of the sales incentive',
  'Yearly rebate: from which amount, which share',
  'Rebate brackets, whole or marginal',
  'What "about" means',
  'How factors combine',
  'Length and start of the cycle',
  'Who approves, how, and until when',
  'Working calendar',
  'How long a recovery may take',
  'Executive visits, return visits, care',
  'Targets and period of the key figures',
  'Weekly report of a project',
  'Key accounts a manager can serve',
  'What counts as one purchase',
  'What an amount includes',
  'When facts of a cycle freeze',
  'Compared with which period',
  'Two cycles: each, or together',
  'Smallest change that counts',
  'Window of the frequency',
  'Exchange rates of a comparison',
  'Provisional tiers of new customers',
  'Tier of the company or of the site',
  'Slow decline',
  'Band around a cut-off',
  'Appeals',
  'Renewal and expiry of contracts',
  'Handover to another manager',
  'Admission again after leaving or blacklisting',
  'Acceptance by the department',
  'Time of a further round',
  'Steps of the review',
  'When a customer counts as kept',
]

/** What no document asks for, and the design needs: its refusals name the chapter, or the decision that settles an open point. */
export const design: Readonly<{ [clause: string]: string }> = {
  'architecture 8': 'Optimistic, idempotent, informed: one key is one command',
  'architecture 9': 'What several instances share: ledgers, and commands that they send one another',
  'decision 1': 'Which tier an adjustment rule is named after; leaving from D',
  'decision 2': 'The ways that no document describes: up to B and C, and slow decline',
  'decision 3': 'How five factors make one tier',
  'decision 4': 'Average frequency, or every window',
  'decision 7': 'Several scales, one of which drives',
  'decision 8': 'Who answers for data',
  'decision 9': 'Several clocks at once',
  'decision 10': 'Who approves a change, by class',
  'decision 11': 'Rounds of a complaint',
  'decision 12': 'Where clocks start, what stops them, which hours they count',
  'decision 13': 'What a rebate is reckoned on',
  'decision 22': 'Who determines responsibility',
}
