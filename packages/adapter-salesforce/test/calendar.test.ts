// The working calendar of an org, read in one call.
import { holidaysOf, readSalesforceCalendar, type SalesforceCalendarOptions } from '@ka-governance/adapter-salesforce'
import { createWorkingCalendar, loadPolicy, parseCalendar, presets } from '@ka-governance/core'
import { describe, expect, test } from 'vitest'
import { hoursColumns } from '../src/calendar/to-calendar.ts'
import { holidayColumns } from '../src/calendar/holiday.ts'
import { governedObjects } from './fake/objects.ts'
import type { FakeField } from './fake/org.ts'
import { createFakeSalesforce, type FakeSalesforce } from './fake/server.ts'

const typeOf = (name: string): FakeField['type'] =>
  /^Is/.test(name)
    ? 'boolean'
    : /(?:Start|End)Time$/.test(name)
      ? 'time'
      : /Date/.test(name)
        ? 'date'
        : /Minutes|Interval|Mask|DayOfMonth/.test(name)
          ? 'double'
          : 'string'
const fieldsOf = (names: readonly string[]): { readonly [name: string]: FakeField } =>
  Object.fromEntries(names.map((name) => [name, { type: typeOf(name) }]))

function org() {
  const fake = createFakeSalesforce({
    objects: {
      ...governedObjects(),
      BusinessHours: { keyPrefix: '01m', fields: fieldsOf([...hoursColumns, 'IsActive']) },
      Holiday: { keyPrefix: '0C0', fields: fieldsOf(holidayColumns) },
    },
  })
  const make = (object: string, values: object): string => fake.org.create(object, { ...values }, 0)
  const hours = (Name: string, values: object = {}): string =>
    make('BusinessHours', {
      Name,
      IsActive: true,
      TimeZoneSidKey: 'Europe/Berlin',
      ...Object.fromEntries(
        ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].flatMap((day) => [
          [`${day}StartTime`, '08:00:00.000Z'],
          [`${day}EndTime`, '17:00:00.000Z'],
        ]),
      ),
      ...values,
    })
  const holiday = (Name: string, ActivityDate: string): string => make('Holiday', { Name, ActivityDate, IsAllDay: true })
  return { fake, make, hours, holiday }
}

const read = (fake: FakeSalesforce, over: Partial<SalesforceCalendarOptions> = {}) =>
  readSalesforceCalendar({
    connection: fake.session,
    fetch: fake.fetch,
    sleep: async () => undefined,
    from: '2026-01-01',
    to: '2026-12-31',
    ...over,
  })

describe('the calendar of an org', () => {
  test('the default hours with all holidays, in one call; a policy takes it as it is', async () => {
    const { fake, hours, make, holiday } = org()
    hours('Elsewhere', { TimeZoneSidKey: 'Asia/Tokyo' })
    hours('Berlin', { IsDefault: true })
    holiday('Labour Day', '2026-05-01')
    make('Holiday', {
      Name: 'Christmas Eve',
      ActivityDate: '2025-12-24',
      IsRecurrence: true,
      StartTimeInMinutes: 720,
      EndTimeInMinutes: 1440,
      RecurrenceType: 'RecursYearly',
      RecurrenceStartDate: '2024-12-24',
      RecurrenceDayOfMonth: 24,
      RecurrenceMonthOfYear: 'December',
    })
    const { calendar, findings } = await read(fake, { id: 'berlin' })
    expect(findings).toEqual([])
    expect(fake.log).toHaveLength(1)
    expect(calendar).toMatchObject({
      id: 'berlin',
      timeZone: 'Europe/Berlin',
      holidays: [{ date: '2026-05-01', name: 'Labour Day' }],
      breaks: { '2026-12-24': [['12:00', '24:00']] },
      coverage: { from: '2026-01-01', to: '2026-12-31' },
    })
    const policy = loadPolicy({ ...presets.manufacturerCn, calendars: { main: calendar } })
    expect(policy.calendars['main']).toMatchObject({ timeZone: 'Europe/Berlin' })
    const working = createWorkingCalendar(parseCalendar(calendar))
    // 8 hours on Thursday, none on Friday, one on Monday; summer time is Berlin's.
    const due = working.addWorkingTime(Date.parse('2026-04-30T09:00:00+02:00'), 9 * 3_600_000)
    expect(new Date(due).toISOString()).toBe('2026-05-04T07:00:00.000Z')
    // What Salesforce has no field for is added to the document.
    const more = {
      ...calendar,
      week: {
        ...calendar?.week,
        mon: [
          ['08:00', '12:00'],
          ['13:00', '17:00'],
        ],
      },
      makeupWorkdays: ['2026-05-09'],
      makeupHours: [['08:00', '12:00']],
    }
    expect(createWorkingCalendar(parseCalendar(more)).isWorkingDay('2026-05-09')).toBe(true)
  })

  test('hours by name: not there, not active, or there twice', async () => {
    const { fake, hours } = org()
    hours('Berlin')
    hours('Berlin')
    hours('Old', { IsActive: false })
    hours('Vienna')
    expect(await read(fake, { hours: 'Vienna' })).toMatchObject({ calendar: { timeZone: 'Europe/Berlin' } })
    for (const [name, code] of [
      ['Berlin', 'ambiguous'],
      ['Old', 'missing'],
      ["x' OR Name != '", 'missing'],
    ] as const)
      expect(await read(fake, { hours: name })).toMatchObject({
        calendar: null,
        findings: [{ path: `BusinessHours.${name}`, code }],
      })
    const { findings } = await read(fake)
    expect(findings).toMatchObject([{ path: 'BusinessHours', code: 'missing' }])
    expect(findings[0]?.remedy).toContain('Vienna')
  })

  test('holidays of these hours only: by name, by name and date, and one that is not there', async () => {
    const { fake, hours, holiday } = org()
    hours('Berlin', { IsDefault: true })
    holiday('Bridge day', '2026-05-15')
    holiday('Bridge day', '2026-06-05')
    holiday('Labour Day', '2026-05-01')
    const dates = async (holidays: SalesforceCalendarOptions['holidays']): Promise<unknown> =>
      (await read(fake, holidays === undefined ? {} : { holidays })).calendar?.holidays?.map((each) =>
        typeof each === 'string' ? each : each.date,
      )
    expect(await dates(undefined)).toEqual(['2026-05-01', '2026-05-15', '2026-06-05'])
    expect(await dates(['Bridge day'])).toEqual(['2026-05-15', '2026-06-05'])
    expect(await dates([{ name: 'Bridge day', date: '2026-06-05' }, 'Labour Day'])).toEqual(['2026-05-01', '2026-06-05'])
    expect(await dates([])).toEqual([])
    const { calendar, findings } = await read(fake, {
      holidays: ['Labour Day', 'Labor Day', { name: 'Bridge day', date: '2026-01-01' }],
    })
    expect(findings.map(({ path, code }) => [path, code])).toEqual([
      ['Holiday.Labor Day', 'missing'],
      ['Holiday.Bridge day', 'missing'],
    ])
    expect(findings.map(({ message }) => message)).toEqual([
      'the org has no such holiday',
      'the org has no such holiday on 2026-01-01',
    ])
    expect(calendar?.coverage).toBeUndefined()
    expect(calendar?.holidays).toHaveLength(1)
  })

  test('which holidays belong to which hours, out of the metadata', () => {
    const settings = {
      businessHours: [{ name: 'Berlin' }, { name: 'Vienna' }],
      holidays: [
        { name: 'Labour Day', activityDate: '2026-05-01', businessHours: ['Berlin', 'Vienna'] },
        {
          name: 'Unity Day',
          isRecurring: 'true',
          activityDate: '2025-07-07',
          recurrenceStartDate: '2020-10-03',
          businessHours: 'Berlin',
        },
        { name: 'Nobody' },
        { name: 'Undated', businessHours: 'Vienna' },
      ],
    }
    expect(holidaysOf(settings, 'Berlin')).toEqual([
      { name: 'Labour Day', date: '2026-05-01' },
      { name: 'Unity Day', date: '2020-10-03' },
    ])
    expect(holidaysOf(settings, 'Vienna')).toEqual([{ name: 'Labour Day', date: '2026-05-01' }, 'Undated'])
    expect(holidaysOf({ holidays: { name: 'Only', businessHours: 'Vienna' } }, 'Vienna')).toEqual(['Only'])
    for (const nothing of [null, undefined, 'x', {}, { holidays: [null, 3] }]) expect(holidaysOf(nothing, 'Vienna')).toEqual([])
  })

  test('an org that does not answer, and an object that this user may not see, are errors', async () => {
    const { fake, hours } = org()
    hours('Berlin', { IsDefault: true })
    fake.script = () => 'unavailable'
    await expect(read(fake)).rejects.toMatchObject({ code: 'unavailable' })
    await expect(read(createFakeSalesforce())).rejects.toMatchObject({
      code: 'corrupt_record',
      details: { salesforce: 'INVALID_TYPE' },
    })
    const nowhere = { from: '2026-01-01', to: '2026-12-31' }
    await expect(readSalesforceCalendar(nowhere)).rejects.toMatchObject({
      code: 'invalid_input',
      findings: [{ path: 'connection' }],
    })
    fake.script = null
    await expect(read(fake, { to: '2026-13-01' })).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
