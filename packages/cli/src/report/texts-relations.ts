import type { relationsEn } from './texts-relations-en.ts'

type Widened<T> = { readonly [K in keyof T]: T[K] extends string ? string : Widened<T[K]> }

/** Texts of admissions, projects and relations; English is the measure. */
export type RelationTexts = Widened<typeof relationsEn>
