import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { isCancel, log, text } from '@clack/prompts'
import type { Question } from './question.ts'

/** Somebody who can be asked. */
export interface Asker {
  /**
   * The answer; empty: it stays open; `null`: no more questions.
   * @param judge what is wrong with an answer, `null` when it will do.
   */
  readonly ask: (question: Question, facts: string, judge: (answer: string) => string | null) => Promise<string | null>
  readonly say: (text: string) => void
  readonly close: () => void
}

const headOf = ({ number, of, clause, place }: Question): string =>
  `[${String(number)}/${String(of)}] ${place}${clause === '' ? '' : `  ${clause}`}`

/** Longest line that can be an answer. */
const maxAnswer = 10_000

/** A person at a terminal. */
export function terminalAsker(): Asker {
  return {
    ask: async (question, facts, judge) => {
      const answer = await text({
        message: `${headOf(question)}\n${question.meaning}${facts === '' ? '' : `\n${facts}`}`,
        placeholder: '[X]',
        validate: (given) => {
          const trimmed = (given ?? '').trim()
          return trimmed === '' ? undefined : (judge(trimmed) ?? undefined)
        },
      })
      return isCancel(answer) ? null : answer.trim()
    },
    say: (line) => log.message(line),
    close: () => undefined,
  }
}

/** Lines of a file or of another program: one answer each; a wrong one is told, and the next line tried. */
export function pipedAsker(input: Readable, say: (text: string) => void): Asker {
  const reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  const lines = reader[Symbol.asyncIterator]()
  return {
    ask: async (question, facts, judge) => {
      say(`${headOf(question)}  ${question.meaning}${facts === '' ? '' : `  (${facts})`}\n`)
      for (;;) {
        const next = await lines.next()
        if (next.done === true) return null
        const answer = next.value.slice(0, maxAnswer).trim()
        const wrong = answer === '' ? null : judge(answer)
        if (wrong === null) return answer
        say(`  ✗ ${wrong}\n`)
      }
    },
    say: (line) => say(`${line}\n`),
    close: () => reader.close(),
  }
}
