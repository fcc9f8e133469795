import type { Catalogue } from './catalogue.ts'
import { admission } from './zh-cn/admission.ts'
import { approvals } from './zh-cn/approvals.ts'
import { clocks } from './zh-cn/clocks.ts'
import { documents } from './zh-cn/documents.ts'
import { drift } from './zh-cn/drift.ts'
import { effects } from './zh-cn/effects.ts'
import { errors } from './zh-cn/errors.ts'
import { fields } from './zh-cn/fields.ts'
import { grammar } from './zh-cn/grammar.ts'
import { help } from './zh-cn/help.ts'
import { inbox } from './zh-cn/inbox.ts'
import { lint } from './zh-cn/lint.ts'
import { names } from './zh-cn/names.ts'
import { people } from './zh-cn/people.ts'
import { readings } from './zh-cn/readings.ts'
import { refusals, remedies } from './zh-cn/refusals.ts'
import { rollout } from './zh-cn/rollout.ts'
import { rules } from './zh-cn/rules.ts'
import { scoring } from './zh-cn/scoring.ts'
import { simulation } from './zh-cn/simulation.ts'

/** 简体中文。 */
export const zhCn = {
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
