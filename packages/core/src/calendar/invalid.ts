import { GovernanceError, InvalidInputError } from '../errors/index.ts'

/** The error for one wrong argument. */
export const invalid = (path: string, code: string, message: string, remedy: string): InvalidInputError =>
  new InvalidInputError('Working calendar', [{ path, code, message, remedy }])

/** The error for an answer outside the years the calendar computes. */
export const outOfRange = (details: { readonly [name: string]: string | number } = {}): GovernanceError =>
  new GovernanceError('calendar_range', 'The answer lies outside the years 1900 to 2200', {
    details,
    actions: [
      'Check that the calendar has working time around the date.',
      'Use a smaller amount of working time or fewer working days.',
    ],
  })
