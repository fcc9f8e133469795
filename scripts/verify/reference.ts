import { node, single, tool, type Step } from './step.ts'

export const reference: Step = {
  name: 'reference',
  what: 'typedoc: every public export is documented (read it with `pnpm run docs`)',
  run: () => single(node([tool('typedoc/bin/typedoc'), '--emit', 'none'])),
}
