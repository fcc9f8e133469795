import type { Catalogue } from './catalogue.ts'
import { admission } from './en/admission.ts'
import { approvals } from './en/approvals.ts'
import { clocks } from './en/clocks.ts'
import { documents } from './en/documents.ts'
import { drift } from './en/drift.ts'
import { effects } from './en/effects.ts'
import { errors } from './en/errors.ts'
import { fields } from './en/fields.ts'
import { grammar } from './en/grammar.ts'
import { help } from './en/help.ts'
import { inbox } from './en/inbox.ts'
import { lint } from './en/lint.ts'
import { names } from './en/names.ts'
import { people } from './en/people.ts'
import { readings } from './en/readings.ts'
import { refusals, remedies } from './en/refusals.ts'
import { rollout } from './en/rollout.ts'
import { rules } from './en/rules.ts'
import { scoring } from './en/scoring.ts'
import { simulation } from './en/simulation.ts'

/** English. */
export const en = {
  grammar,
  ...names,
  ...fields,
  ...people,
  ...clocks,
  ...effects,
  ...documents,
  ...drift,
  ...help,
  ...rollout,
  ...inbox,
  rules,
  refusals,
  remedies,
  errors,
  lint,
  readings,
  admission,
  approvals,
  scoring,
  simulation,
} satisfies Catalogue
