type RuleName<R> = { [N in keyof R]: R[N] extends { check: unknown } ? N : never }[keyof R] & string

/** What a rule reads, and nothing else: a rule that reads more fails. Of the context it is given what a test says, over what is there at first. */
export type Asked<C> = { readonly context?: Partial<C>; readonly [name: string]: unknown }

/** Asks the rules of a module directly, by their names: what each of their checks answers, `null` where it has nothing against it. */
export const askingRules =
  <R extends object, C extends object>(rules: R, initial: C) =>
  (name: RuleName<R>, { context, ...rest }: Asked<C>): readonly unknown[] =>
    (rules[name] as { check: (input: object) => readonly unknown[] }).check({ ...rest, context: { ...initial, ...context } })

// What a refusal says that helps.
export const send = (command: string) => ({ kind: 'send', command })
export const fill = (field: string) => ({ kind: 'fill', field })
export const change = (field: string, to: unknown) => ({ kind: 'change', field, to })
