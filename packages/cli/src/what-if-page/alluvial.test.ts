import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alluvial, type Flow, type FlowNode } from './alluvial.ts'

const keys = ['A', 'B', 'C', 'D', 'exit'] as const
const node = (key: string): FlowNode => ({ key, label: key, note: `${key} note`, fill: 'var(--a)' })
const draw = (flows: readonly Flow[]): string =>
  alluvial({
    id: 'flow',
    title: 'title',
    description: 'description',
    left: keys.filter((key) => flows.some((f) => f.from === key && f.value > 0)).map(node),
    right: keys.filter((key) => flows.some((f) => f.to === key && f.value > 0)).map(node),
    leftHead: 'before',
    rightHead: 'after',
    flows,
  }).html

const band = fc.record({
  from: fc.constantFrom(...keys),
  to: fc.constantFrom(...keys),
  value: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 1_000_000 })),
})
const flowsOf = (bands: readonly { readonly from: string; readonly to: string; readonly value: number }[]): readonly Flow[] => [
  ...new Map(
    bands.map((b): [string, Flow] => [
      `${b.from}${b.to}`,
      { ...b, tone: b.from === b.to ? 'stay' : b.from > b.to ? 'rise' : 'fall', title: `${b.from} to ${b.to}` },
    ]),
  ).values(),
]

describe('alluvial', () => {
  it('draws every flow that has accounts, inside of its frame, and none too thin to see', () => {
    fc.assert(
      fc.property(fc.array(band, { minLength: 1, maxLength: 25 }), (bands) => {
        const flows = flowsOf(bands)
        const living = flows.filter((f) => f.value > 0)
        fc.pre(living.length > 0)
        const svg = draw(flows)
        expect(svg).not.toMatch(/NaN|Infinity|-\d/)
        const [, , width = 0, height = 0] = /viewBox="([^"]+)"/.exec(svg)?.[1]?.split(' ').map(Number) ?? []
        const paths = [...svg.matchAll(/d="M(\S+) (\S+)C\S+ \S+ \S+ \S+ (\S+) (\S+)L(\S+) (\S+)C/g)].map((m) =>
          m.slice(1).map(Number),
        )
        expect(paths).toHaveLength(living.length)
        for (const [x0 = -1, y0 = -1, x1 = -1, y1 = -1, , y2 = -1] of paths) {
          expect(Math.min(x0, x1, y0, y1)).toBeGreaterThanOrEqual(0)
          expect(Math.max(x0, x1)).toBeLessThan(width)
          expect(Math.max(y0, y1, y2)).toBeLessThan(height)
          expect(y2 - y1).toBeGreaterThanOrEqual(2.4)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('draws moves over what stays, each with its title', () => {
    const svg = draw([
      { from: 'B', to: 'A', value: 1, tone: 'rise', title: 'one up' },
      { from: 'A', to: 'A', value: 900, tone: 'stay', title: 'stay' },
    ])
    expect([...svg.matchAll(/class="flow (\w+)"/g)].map((m) => m[1])).toEqual(['stay', 'rise'])
    expect(svg).toContain('<title>one up</title>')
  })
})
