import type { Finding } from '../../errors/index.ts'
import { flag } from './lint.ts'

type Weights<Name extends string> = { readonly [N in Name]?: number | undefined } | undefined

/** Weights of which every one is known add up to 100. */
export function weightsSum<Name extends string>(
  path: string,
  weights: Weights<Name>,
  names: readonly Name[],
): readonly Finding[] {
  const known = names.map((name) => weights?.[name]).filter((weight) => weight !== undefined)
  const sum = known.reduce<number>((a, b) => a + b, 0)
  return known.length < names.length || Math.abs(sum - 100) < 1e-9 ? [] : [flag(path, 'weightsSum', { count: names.length, sum })]
}
