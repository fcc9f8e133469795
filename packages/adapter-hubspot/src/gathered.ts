import type { Change, Changed, HubSpotRecord } from './client.ts'
import type { OwnRecords } from './tools.ts'

/** A question, and who asks it. */
interface Asked<Q, A> {
  readonly questions: readonly Q[]
  readonly resolve: (answers: readonly A[]) => void
  readonly reject: (error: unknown) => void
}

/**
 * Questions of the same sort that are asked at the same time, as one: many instances that are worked on at once share their calls, whoever asks.
 *
 * @param ask answers in order of the questions.
 */
function gathering<Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
  done: () => void,
): (questions: readonly Q[]) => Promise<readonly A[]> {
  let waiting: Asked<Q, A>[] = []

  async function flush(): Promise<void> {
    // Whoever is under way in this turn asks first.
    await new Promise((resolve) => setTimeout(resolve, 0))
    const all = waiting
    waiting = []
    done()
    try {
      const answers = await ask(all.flatMap(({ questions }) => questions))
      let next = 0
      for (const { questions, resolve } of all) {
        resolve(answers.slice(next, next + questions.length))
        next += questions.length
      }
    } catch (error) {
      for (const { reject } of all) reject(error)
    }
  }

  return (questions) =>
    new Promise((resolve, reject) => {
      waiting.push({ questions, resolve, reject })
      if (waiting.length === 1) void flush()
    })
}

/** Reads and changes of our own records, those of one turn gathered by what they ask for. */
export function gathered(own: OwnRecords): OwnRecords {
  const reads = new Map<string, (ids: readonly string[]) => Promise<readonly (HubSpotRecord | null)[]>>()
  const changes = new Map<string, (changes: readonly Change[]) => Promise<readonly Changed[]>>()
  return {
    ...own,
    readMany: (type, ids, options = {}) => {
      if (ids.length === 0) return Promise.resolve([])
      const sort = JSON.stringify([type, options.idProperty, options.properties, options.archived])
      const ask =
        reads.get(sort) ??
        gathering(
          (all) => own.readMany(type, all, options),
          () => reads.delete(sort),
        )
      reads.set(sort, ask)
      return ask(ids)
    },
    updateMany: (type, some, options = {}) => {
      if (some.length === 0) return Promise.resolve([])
      const sort = JSON.stringify([type, options.idProperty])
      const ask =
        changes.get(sort) ??
        gathering(
          (all) => own.updateMany(type, all, options),
          () => changes.delete(sort),
        )
      changes.set(sort, ask)
      return ask(some)
    },
  }
}
