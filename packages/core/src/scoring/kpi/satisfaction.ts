import { type surveyWords } from '../facts.ts'
import { ratioOf, type Ratio } from './ratio.ts'

/** One answer to a survey. */
export type SurveyAnswer = {
  readonly id: string
  readonly says: (typeof surveyWords)[number]
}

/**
 * Satisfaction [F-1]: very satisfied and satisfied, of all who took part.
 *
 * @example
 * ```ts
 * satisfactionOf([{ id: 's-1', says: 'satisfied' }, { id: 's-2', says: 'neutral' }]).percent // => 50
 * ```
 */
export const satisfactionOf = (answers: readonly SurveyAnswer[]): Ratio => ratioOf(answers, (a) => a.id, isSatisfied)

/** Whether an answer counts as satisfied. */
export const isSatisfied = ({ says }: Pick<SurveyAnswer, 'says'>): boolean => says === 'verySatisfied' || says === 'satisfied'
