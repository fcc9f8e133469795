import type { Catalogue } from '../catalogue.ts'
import { peopleTexts } from './lint-people.ts'
import { portfolioTexts } from './lint-portfolio.ts'
import { tierTexts } from './lint-tiers.ts'
import { timeTexts } from './lint-time.ts'

export const lint: Catalogue['lint'] = { ...timeTexts, ...tierTexts, ...peopleTexts, ...portfolioTexts }
