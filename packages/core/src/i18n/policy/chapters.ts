import type { ParagraphName } from './paragraphs-en.ts'

/** Tables of the document. */
export type TableName = 'rates' | 'tighter' | 'ladder' | 'tiers' | 'classes' | 'brackets' | 'approvals' | 'authority' | 'hours'

export type ChapterName =
  | 'document'
  | 'admission'
  | 'team'
  | 'relations'
  | 'complaints'
  | 'clocks'
  | 'tiers'
  | 'adjustment'
  | 'scales'
  | 'rebates'
  | 'figures'
  | 'approvals'
  | 'changes'
  | 'contracts'
  | 'people'
  | 'calendar'

/** The order in which the document speaks of things. */
export const chapters: readonly {
  readonly id: ChapterName
  readonly paragraphs: readonly ParagraphName[]
  readonly tables: readonly TableName[]
}[] = [
  { id: 'document', paragraphs: ['identity', 'publication', 'money', 'scale'], tables: ['rates'] },
  {
    id: 'admission',
    paragraphs: ['leads', 'need', 'finance', 'admissionScore', 'mandatory', 'application', 'requalify'],
    tables: [],
  },
  { id: 'team', paragraphs: ['team', 'handover', 'capacity'], tables: [] },
  { id: 'relations', paragraphs: ['visits', 'care', 'inspections', 'demands'], tables: [] },
  {
    id: 'complaints',
    paragraphs: ['intake', 'handling', 'complex', 'rounds', 'responsibility', 'followUp', 'groups'],
    tables: ['tighter'],
  },
  { id: 'clocks', paragraphs: ['clockStart', 'pauses'], tables: ['ladder'] },
  {
    id: 'tiers',
    paragraphs: ['combine', 'cutoffs', 'tolerance', 'gates', 'judgements', 'provisional', 'facts'],
    tables: ['tiers'],
  },
  {
    id: 'adjustment',
    paragraphs: ['cycle', 'comparison', 'up', 'downA', 'downB', 'downC', 'downD', 'rulesNeed', 'limits', 'appeal'],
    tables: [],
  },
  {
    id: 'scales',
    paragraphs: ['gradeWeights', 'gradePoints', 'segments', 'valueWeights', 'lifetime', 'abc'],
    tables: ['classes'],
  },
  { id: 'rebates', paragraphs: ['rebate', 'incentive'], tables: ['brackets'] },
  { id: 'figures', paragraphs: ['kept', 'targets'], tables: [] },
  { id: 'approvals', paragraphs: [], tables: ['approvals'] },
  { id: 'changes', paragraphs: ['weeklyReport', 'major', 'changeSteps', 'consent'], tables: [] },
  { id: 'contracts', paragraphs: ['renewal', 'readmission'], tables: [] },
  { id: 'people', paragraphs: ['departments'], tables: ['authority'] },
  { id: 'calendar', paragraphs: ['calendar'], tables: ['hours'] },
]

/** Parameters that the document leaves out, and why. */
export const notProse: { readonly [parameter: string]: string } = {
  directory: 'personal data: who holds which role changes without the policy, and belongs into no printed page',
}
