// Writes down which files of tests ask for the host's zone, a path a line, where ZONE_READERS says. The gate runs those in other zones as well.
import { appendFileSync } from 'node:fs'
import { afterAll, beforeAll, expect } from 'vitest'
import { hostZone } from './host-zone.ts'

const list = process.env['ZONE_READERS']
if (list !== undefined) {
  const heard = hostZone()
  heard.asked = false
  const note = (line: string | undefined): void => {
    if (heard.asked) appendFileSync(list, `${line ?? '*'}\n`)
  }
  // What a module asks while it loads, all files after this one that share it have from it: every file is meant.
  beforeAll(() => {
    note('*')
  })
  afterAll(() => {
    note(expect.getState().testPath)
  })
}
