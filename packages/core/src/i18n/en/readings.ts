import { calendarIssueTexts } from '../../calendar/index.ts'
import { readingTexts } from '../../policy/index.ts'
import type { Catalogue } from '../catalogue.ts'

/** A finding carries its English text already; it is made from the same ones. */
export const readings: Catalogue['readings'] = { ...readingTexts, ...calendarIssueTexts }
