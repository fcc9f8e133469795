import type { Locale } from '@ka-governance/core'
import type { Question } from './question.ts'

/** What is said while questions are asked. */
export interface AskWords {
  readonly begin: (file: string, open: number) => string
  readonly how: string
  readonly facts: (question: Question) => string
  readonly left: string
  readonly stopped: (file: string, filled: number, open: number) => string
  readonly done: (file: string, filled: number) => string
  readonly notUsable: string
  readonly currency: (example: string) => string
}

export const askWords: { readonly [L in Locale]: AskWords } = {
  en: {
    begin: (file, open) => `${file}: ${String(open)} values to fill in`,
    how: 'Enter leaves a value open as [X]. Every answer is saved at once; stop whenever you like and go on later.',
    facts: ({ unit, example, choices }) =>
      [
        unit === '' ? '' : `unit: ${unit}`,
        choices.length === 0 ? '' : choices.join(' | '),
        example === '' ? '' : `e.g. ${example}`,
      ]
        .filter((part) => part !== '')
        .join(' · '),
    left: 'left open',
    stopped: (file, filled, open) =>
      `${file}: ${String(filled)} filled in, ${String(open)} left; the same command goes on from here`,
    done: (file, filled) => `${file}: ${String(filled)} filled in, nothing is open`,
    notUsable: 'that cannot be written here',
    currency: (example) => `an amount needs its currency, e.g. ${example}`,
  },
  'zh-CN': {
    begin: (file, open) => `${file}：有${String(open)}项待填写`,
    how: '直接回车则保留[X]。每项填写后立即保存，可随时停止，以后继续。',
    facts: ({ unit, example, choices }) =>
      [
        unit === '' ? '' : `单位：${unit}`,
        choices.length === 0 ? '' : choices.join(' | '),
        example === '' ? '' : `例如：${example}`,
      ]
        .filter((part) => part !== '')
        .join(' · '),
    left: '保留待填',
    stopped: (file, filled, open) => `${file}：已填写${String(filled)}项，还剩${String(open)}项；再次运行同一命令可继续`,
    done: (file, filled) => `${file}：已填写${String(filled)}项，没有待填项`,
    notUsable: '此处不能这样填写',
    currency: (example) => `金额须注明币种，例如：${example}`,
  },
}
