import { errorOf, meaningOf } from '../src/errors.ts'

/** What the port is told of the body of an error, and of the values that were `sent`. */
export const told = (body: unknown, status: number, sent: readonly string[] = []) => meaningOf(errorOf(body, status, sent))
