import { and, assign, setup } from 'xstate'
import { describe, expect, it } from 'vitest'
import { layOutStatechart, textWidth } from './statechart-layout.ts'
import { statechartSvg } from './statechart-svg.ts'
import { readStatechart } from './statechart.ts'

const machine = setup({
  types: {
    context: {} as { round: number },
    events: {} as { type: 'open'; matter: string } | { type: 'note' } | { type: 'judge' } | { type: 'reopen' } | { type: 'drop' },
  },
  guards: { isLast: () => false, isApproval: (_args, _params: { outcome: string }) => true },
  actions: {
    startClock: (_args, _params: { clock: string; from: string }) => undefined,
    tell: () => undefined,
    count: assign({ round: 1 }),
  },
}).createMachine({
  id: 'demo',
  context: { round: 0 },
  initial: 'opening',
  states: {
    opening: {
      on: {
        open: {
          target: 'active',
          actions: ['tell', { type: 'startClock', params: ({ event }) => ({ clock: 'handoff', from: event.matter }) }],
        },
      },
    },
    active: {
      initial: 'working',
      on: { note: { actions: 'tell' }, drop: 'dropped' },
      states: {
        working: {
          on: {
            judge: [
              { guard: and(['isLast', { type: 'isApproval', params: { outcome: 'approved' } }]), target: '#demo.closed' },
              { target: 'waiting' },
            ],
          },
        },
        waiting: { on: { judge: { guard: 'isLast', target: 'working', actions: 'count' } } },
      },
    },
    closed: { on: { reopen: 'active' } },
    dropped: { type: 'final' },
  },
})

describe('readStatechart', () => {
  const chart = readStatechart(machine)

  it('lists the states in the order of the machine, inner ones behind the one around them', () => {
    expect(chart.states.map((state) => [state.id, state.kind, state.depth, state.isInitial])).toEqual([
      ['opening', 'atomic', 0, true],
      ['active', 'compound', 0, false],
      ['active.working', 'atomic', 1, true],
      ['active.waiting', 'atomic', 1, false],
      ['closed', 'atomic', 0, false],
      ['dropped', 'final', 0, false],
    ])
  })

  it('keeps commands that act and stay, and tells branches by their guards', () => {
    expect(chart.steps.filter((step) => step.event === 'note')).toEqual([
      { from: 'active', to: null, event: 'note', guard: null, actions: ['tell'] },
    ])
    expect(chart.steps.filter((step) => step.from === 'active.working').map((step) => [step.guard, step.to])).toEqual([
      [expect.stringContaining('isLast, isApproval(outcome: approved)'), 'closed'],
      [null, 'active.waiting'],
    ])
  })

  it('shows where computed parameters come from', () => {
    expect(chart.steps.find((step) => step.event === 'open')?.actions).toEqual([
      'tell',
      'startClock(clock: handoff, from: event.matter)',
    ])
  })
})

describe('layOutStatechart', () => {
  const layout = layOutStatechart(readStatechart(machine), { stateLabel: (state) => state.name, stepLabel: (step) => step.event })
  const box = (id: string) => layout.boxes.find((item) => item.state.id === id)!

  it('puts inner states inside, and no two others over each other', () => {
    const [outer, inner] = [box('active'), box('active.waiting')]
    expect(inner.x).toBeGreaterThan(outer.x)
    expect(inner.x + inner.width).toBeLessThan(outer.x + outer.width)
    expect(inner.y + inner.height).toBeLessThan(outer.y + outer.height)
    const flat = layout.boxes.filter((item) => item.state.parent === null)
    flat.slice(1).forEach((item, index) => {
      expect(item.y).toBeGreaterThan(flat[index]!.y + flat[index]!.height)
    })
  })

  it('leads onwards on the right and back on the left, each line to the state that it means', () => {
    expect(layout.wires.map((wire) => [wire.to, wire.side]).sort()).toEqual([
      ['active', 'left'],
      ['active', 'right'],
      ['active.waiting', 'right'],
      ['active.working', 'left'],
      ['closed', 'right'],
      ['dropped', 'right'],
    ])
    for (const wire of layout.wires) {
      const target = box(wire.to)
      expect(wire.arrow.x).toBe(wire.side === 'left' ? target.x : target.x + target.width)
      expect(wire.arrow.y).toBeGreaterThan(target.y)
      expect(wire.arrow.y).toBeLessThan(target.y + target.height)
    }
  })

  it('keeps lines that run past each other on tracks of their own', () => {
    const spans = layout.wires.map((wire) => {
      const heights = [wire.arrow.y, ...wire.branches.map((branch) => branch.y)]
      return { x: wire.x, from: Math.min(...heights), until: Math.max(...heights) }
    })
    const clashes = spans.flatMap((a, i) =>
      spans.slice(i + 1).filter((b) => a.x === b.x && a.from <= b.until && b.from <= a.until),
    )
    expect(clashes).toEqual([])
  })

  it('stays inside its size', () => {
    for (const item of layout.boxes) {
      expect(item.x).toBeGreaterThanOrEqual(0)
      expect(item.x + item.width).toBeLessThanOrEqual(layout.width)
      expect(item.y + item.height).toBeLessThanOrEqual(layout.height)
    }
    for (const wire of layout.wires) expect(wire.x).toBeGreaterThan(0)
    for (const wire of layout.wires) expect(wire.x).toBeLessThan(layout.width)
  })

  it('gives Chinese names the room that they take', () => {
    expect(textWidth('处理中')).toBeGreaterThan(textWidth('abc'))
  })
})

describe('statechartSvg', () => {
  const chart = readStatechart(machine)

  it('names every state and every command that leads on', () => {
    const svg = statechartSvg(chart)
    for (const name of [
      'opening',
      'active',
      'working',
      'waiting',
      'closed',
      'dropped',
      'open',
      'judge [isLast]',
      'reopen',
      'drop',
    ]) {
      expect(svg).toContain(`>${name}</text>`)
    }
    expect(svg).not.toContain('>note</text>')
  })

  it('escapes what a label brings along, and holds no script', () => {
    const svg = statechartSvg(chart, { title: '<script>alert("x")</script>', stateLabel: () => `a<b & 'c'` })
    expect(svg).toContain('<title>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;</title>')
    expect(svg).toContain('>a&lt;b &amp; &#39;c&#39;</text>')
    expect(svg).not.toContain('<script')
  })

  it('marks where a case stands, with the states around it', () => {
    const count = (svg: string): number => svg.split('#fff3c4').length - 1
    expect(count(statechartSvg(chart))).toBe(0)
    expect(count(statechartSvg(chart, { current: ['active.waiting'] }))).toBe(2)
    expect(count(statechartSvg(chart, { current: ['closed'] }))).toBe(1)
  })

  it('is the same for the same chart', () => {
    expect(statechartSvg(chart)).toBe(statechartSvg(readStatechart(machine)))
  })
})
