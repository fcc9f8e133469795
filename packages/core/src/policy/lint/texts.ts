import { peopleTexts } from './texts-people.ts'
import { portfolioTexts } from './texts-portfolio.ts'
import { tierTexts } from './texts-tiers.ts'
import { timeTexts } from './texts-time.ts'
import type { LintTexts } from './words.ts'

/** The English text of every check; the other languages have theirs in the catalogues. */
export const lintTexts: LintTexts = { ...timeTexts, ...tierTexts, ...peopleTexts, ...portfolioTexts }
