import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, startOfDay } from '../../calendar/index.ts'
import type { PolicyStanding } from '../../definition/define-workflow.ts'
import { obstaclesTo, type WantedVersion } from './obstacles.ts'
import { initialPolicyLedger, type PolicyLedgerContext } from './types.ts'
import { policyLedgerRecorders, standingOf } from './record.ts'

const on = (version: string, effectiveFrom: string, timeZone = 'Asia/Shanghai'): WantedVersion => ({
  version,
  effectiveFrom,
  effectiveAt: startOfDay(effectiveFrom, timeZone),
  base: null,
})
const scheduled = (...versions: readonly WantedVersion[]): PolicyStanding => ({
  inForce: null,
  scheduled: versions.map(({ base: _, ...one }) => ({ ...one, hash: 'a'.repeat(64), by: `pol-${one.version}` })),
})
const inForce = (version: string, effectiveFrom: string, since: number): PolicyStanding => ({
  inForce: { version, effectiveFrom, since, hash: 'b'.repeat(64), by: 'pol-x' },
  scheduled: [],
})
const codesOf = (standing: PolicyStanding, wanted: WantedVersion): readonly string[] =>
  obstaclesTo(standing, { ...wanted, base: standing.inForce?.hash ?? null }).map(({ code }) => code)

describe('days of versions [GOV-05]', () => {
  it('one zone: a day of its own behind all others, under a number above theirs', () => {
    const standing = scheduled(on('1.1', '2026-03-05'))
    expect(codesOf(standing, on('1.2', '2026-03-06'))).toEqual([])
    expect(codesOf(standing, on('1.2', '2026-03-05'))).toEqual(['day_taken'])
    expect(codesOf(standing, on('1.0', '2026-03-04'))).toEqual(['day_taken'])
    expect(codesOf(standing, on('1.0', '2026-03-06'))).toEqual(['version_not_above'])
  })

  it('zones far apart: a later date that begins earlier is not behind, nor an earlier date that begins later', () => {
    const [pagoPago, kiritimati] = [on('1.1', '2026-03-05', 'Pacific/Pago_Pago'), on('1.2', '2026-03-06', 'Pacific/Kiritimati')]
    expect(kiritimati.effectiveAt).toBeLessThan(pagoPago.effectiveAt)
    expect(codesOf(scheduled(pagoPago), kiritimati)).toEqual(['day_taken'])
    expect(codesOf(scheduled({ ...kiritimati, version: '1.0' }), pagoPago)).toEqual(['day_taken'])
    expect(codesOf(scheduled(pagoPago), on('1.2', '2026-03-07', 'Pacific/Kiritimati'))).toEqual([])
  })

  it('what is in force has begun: the next date is free in every zone, its own in none', () => {
    const evening = Date.parse('2026-03-02T23:00:00+08:00')
    const standing = inForce('1.0', '2026-03-02', evening)
    expect(codesOf(standing, on('1.1', '2026-03-03', 'Pacific/Auckland'))).toEqual([])
    expect(codesOf(standing, on('1.1', '2026-03-02', 'Pacific/Pago_Pago'))).toEqual(['day_taken'])
  })

  it('whatever is taken in whatever order: dates, instants and numbers of what waits rise together', () => {
    const zone = fc.constantFrom('Pacific/Pago_Pago', 'Pacific/Kiritimati', 'Asia/Shanghai', 'America/New_York', 'UTC')
    const wanted = fc
      .record({ minor: fc.integer({ min: 0, max: 9 }), day: fc.integer({ min: 0, max: 9 }), zone })
      .map(({ minor, day, zone: in_ }) => on(`1.${String(minor)}`, addDays('2026-03-01', day), in_))
    let most = 0
    fc.assert(
      fc.property(fc.array(wanted, { maxLength: 12 }), (versions) => {
        let ledger: PolicyLedgerContext = initialPolicyLedger
        for (const [k, one] of versions.entries()) {
          if (obstaclesTo(standingOf(ledger), one).length > 0) continue
          const command = { type: 'schedule', policyId: 'p', by: `pol-${String(k)}`, hash: 'a'.repeat(64), ...one } as const
          const event = { type: 'schedule', command } as unknown as Parameters<typeof policyLedgerRecorders.schedule>[1]
          ledger = { ...ledger, ...policyLedgerRecorders.schedule(ledger, event) }
        }
        const { scheduled: waiting } = ledger
        most = Math.max(most, waiting.length)
        for (const [k, one] of waiting.slice(1).entries()) {
          const before = waiting[k]
          expect(one.effectiveFrom > (before?.effectiveFrom ?? '')).toBe(true)
          expect(one.effectiveAt).toBeGreaterThan(before?.effectiveAt ?? Infinity)
          expect(Number(one.version.slice(2))).toBeGreaterThan(Number(before?.version.slice(2) ?? Infinity))
        }
      }),
    )
    expect(most).toBeGreaterThan(2)
  })
})
