import type { Seat } from './types.ts'

/** Gives seats to another person: the old ones stay on record as vacated, the new ones keep stage, role and department. */
export function takeSeats(
  seats: readonly Seat[],
  taken: (seat: Seat) => boolean,
  person: string,
  origin: 'transfer' | 'replacement',
  by: string,
): readonly Seat[] {
  return seats.flatMap((seat): readonly Seat[] => {
    if (!taken(seat)) return [seat]
    const left: Seat = { ...seat, vacated: seat.vacated ?? (origin === 'transfer' ? 'transferred' : 'replaced') }
    return [left, { ...seat, person, origin, instead: seat.person, by, vacated: null }]
  })
}

/** Whether somebody still sits for what this seat stood for: its department where departments count, else its role. */
export function isHeld(seats: readonly Seat[], seat: Seat, perDepartment: boolean): boolean {
  return seats.some(
    (s) =>
      s.stage === seat.stage &&
      s.vacated === null &&
      s.added === seat.added &&
      (perDepartment ? s.department === seat.department : s.role === seat.role),
  )
}
