import type { ClockView } from '@ka-governance/core'
import type { ClockReport } from '../report/model.ts'

type Mutable = {
  -readonly [K in keyof ClockReport]: K extends 'histogram' ? [number, number, number, number, number, number] : ClockReport[K]
}

/** How one clock ended. */
export type ClockEnd = 'met' | 'late' | 'open' | 'dropped'

export function endOf(view: ClockView): ClockEnd {
  const { status } = view.clock
  if (status === 'stopped') return view.standing.breached ? 'late' : 'met'
  if (status === 'cancelled') return 'dropped'
  return view.standing.breached ? 'late' : 'open'
}

/** Clocks that only tell the machine the time; nobody promised anything. */
const silent: ReadonlySet<string> = new Set(['effective', 'override'])
/** In this order, the others behind. */
const order = [
  'handoff',
  'acceptance',
  'resolution',
  'round',
  'groupFeedback',
  'progress',
  'followUp',
  'preventionCheck',
  'propose',
  'review',
  'decide',
  'announce',
]

const units: { readonly [unit: string]: { readonly en: string; readonly 'zh-CN': string } } = {
  workingHours: { en: 'working hours', 'zh-CN': '工作小时' },
  elapsedHours: { en: 'hours', 'zh-CN': '小时' },
  workingDays: { en: 'working days', 'zh-CN': '个工作日' },
  calendarDays: { en: 'days', 'zh-CN': '天' },
}

/** Adds clocks up by name. */
export function clockBook(locale: 'en' | 'zh-CN'): { add(view: ClockView): void; list(): ClockReport[] } {
  const book = new Map<string, Mutable>()
  const budgets = new Map<string, Map<string, number>>()
  return {
    add(view) {
      if (silent.has(view.name)) return
      let report = book.get(view.name)
      if (report === undefined) {
        report = {
          clock: view.name,
          parameter: view.parameter,
          budget: '',
          met: 0,
          late: 0,
          open: 0,
          dropped: 0,
          histogram: [0, 0, 0, 0, 0, 0],
        }
        book.set(view.name, report)
      }
      report[endOf(view)] += 1
      const budget = view.clock.promises[view.standing.promise]?.budget
      if (budget !== undefined && 'amount' in budget) {
        const text = `${String(budget.amount)} ${units[budget.unit]?.[locale] ?? budget.unit}`
        const seen = budgets.get(view.name) ?? new Map<string, number>()
        seen.set(text, (seen.get(text) ?? 0) + 1)
        budgets.set(view.name, seen)
      }
      const { consumedMs, remainingMs } = view.standing
      if (view.clock.status !== 'stopped' || remainingMs === null) return
      const share = consumedMs / Math.max(1, consumedMs + remainingMs)
      const band = view.standing.breached ? (share <= 1.5 ? 4 : 5) : share <= 0.25 ? 0 : share <= 0.5 ? 1 : share <= 0.75 ? 2 : 3
      report.histogram[band] += 1
    },
    list: () =>
      [...book.values()]
        .filter((r) => r.met + r.late + r.open > 0)
        .map((r) => ({ ...r, budget: [...(budgets.get(r.clock) ?? [])].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '–' }))
        .sort((a, b) => place(a.clock) - place(b.clock) || (a.clock < b.clock ? -1 : 1)),
  }
}

const place = (clock: string): number => (order.includes(clock) ? order.indexOf(clock) : order.length)
