import { lintTexts } from '../../policy/index.ts'
import type { Catalogue } from '../catalogue.ts'

/** A finding carries its English text already; it is made from the same one. */
export const lint: Catalogue['lint'] = lintTexts
