import { judged, type Law } from './law.ts'

/** What each threshold moves. */
export const ofSensitivity: readonly Law[] = [
  [
    'sensitivity',
    (s) =>
      (s.sensitivity ?? []).every(
        ({ moved, up, down, reclassified: of, percent, before, after }) =>
          moved === up + down &&
          of.total === of.up + of.down &&
          Math.max(moved, of.total) <= judged(s) &&
          Math.sign(after - before) === Math.sign(percent),
      ),
  ],
  [
    'sensitivity',
    ({ sensitivity }) =>
      new Set(sensitivity?.map(({ parameter, percent }) => `${parameter} ${String(Math.sign(percent))}`)).size ===
        (sensitivity?.length ?? 0) && new Set(sensitivity?.map(({ percent }) => Math.abs(percent))).size <= 1,
  ],
]
