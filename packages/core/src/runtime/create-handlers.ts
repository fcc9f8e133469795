import { z } from 'zod'
import { InvalidInputError, type JsonValue } from '../errors/index.ts'
import type { Delivery, EffectHandler, Handlers } from '../ports/index.ts'

const json = z.custom<JsonValue>((value) => value !== undefined)
const people = z.array(z.string()).readonly()

/** Parameters of the effects that workflows bring forth, by type. What hosts add to policies of their own comes to `other`. */
const paramsOf = {
  notify: z.looseObject({ to: people, message: z.string(), data: json.optional(), except: people.optional() }),
  tellCustomer: z.looseObject({ message: z.string(), data: json.optional() }),
  createTask: z.looseObject({ for: z.string(), task: z.string(), data: json.optional() }),
  fileDocument: z.looseObject({ form: z.string() }),
  clockRung: z.looseObject({
    clock: z.string(),
    cycle: z.number(),
    kind: z.enum(['warn', 'breach', 'escalate']),
    rung: z.string(),
    dueAt: z.number(),
    to: z.string(),
    owner: z.string().nullable(),
  }),
} as const

type Types = typeof paramsOf

/** A delivery whose parameters are known: `params` has the shape of its type. */
export interface Told<Type extends keyof Types> extends Delivery {
  readonly params: z.output<Types[Type]> & JsonValue
}

/** What a host writes: a function an effect type. A type left out stays pending, unless `other` takes it. */
export interface HandlersOf {
  /** Tell people of the company: roles, `owner`, `department` or `person:<id>`; never those in `except` [CON-01]. */
  readonly notify?: (delivery: Told<'notify'>) => Promise<void>
  /** Tell the customer; the texts of messages are in the catalogues: `formatEffect`. */
  readonly tellCustomer?: (delivery: Told<'tellCustomer'>) => Promise<void>
  /** Create a task for a role or person. */
  readonly task?: (delivery: Told<'createTask'>) => Promise<void>
  /** File a form; its fields are in the entry: see `documents` of the workflow. */
  readonly document?: (delivery: Told<'fileDocument'>) => Promise<void>
  /** A rung of a clock fired: warn or escalate to `to`. */
  readonly clock?: (delivery: Told<'clockRung'>) => Promise<void>
  /** Every other type. */
  readonly other?: EffectHandler
}

/**
 * Handlers out of typed functions: parameters are checked before a function sees them, and what has another shape fails its delivery with the reason, so that
 * it is tried again and then waits for an operator.
 *
 * @example
 * ```ts
 * const sent: string[] = []
 * const handlers = createHandlers({
 *   notify: async ({ params }) => void sent.push(`${params.to.join()}: ${params.message}`),
 *   clock: async ({ params }) => void sent.push(`${params.to}: ${params.clock} ${params.kind}`),
 * })
 * Object.keys(handlers) // => ['notify', 'clockRung']
 * ```
 */
export function createHandlers({ notify, tellCustomer, task, document, clock, other }: HandlersOf): Handlers {
  const typed = {
    notify: notify && checked('notify', notify),
    tellCustomer: tellCustomer && checked('tellCustomer', tellCustomer),
    createTask: task && checked('createTask', task),
    fileDocument: document && checked('fileDocument', document),
    clockRung: clock && checked('clockRung', clock),
    default: other,
  }
  return Object.fromEntries(Object.entries(typed).filter((entry): entry is [string, EffectHandler] => entry[1] !== undefined))
}

function checked<Type extends keyof Types>(type: Type, handle: (delivery: Told<Type>) => Promise<void>): EffectHandler {
  return async (delivery) => {
    // Seen as one schema: the compiler would otherwise unfold all of them.
    const { success, error } = (paramsOf[type] as z.ZodType).safeParse(delivery.params)
    if (!success)
      throw new InvalidInputError(
        `effect ${delivery.id}`,
        error.issues.map(({ path, code, message }) => ({
          path: ['params', ...path].map(String).join('.'),
          code,
          message,
          remedy: `use the handlers of the version that wrote the ${type}`,
        })),
      )
    await handle(delivery as Told<Type>)
  }
}
