/**
 * Runs a file of working-time vectors against the calendar:
 *
 *   pnpm vectors FILE
 *
 * Every vector is run under each reading that it is valid under and an option of the calendar offers. Exit code 0 when none failed,
 * 1 when one did, 2 when the file cannot be used.
 */
import { readFileSync } from 'node:fs'
import { InvalidInputError } from '../packages/core/src/errors/index.ts'
import { parseVectors, runVector, type Vector } from '../packages/core/src/calendar/testing/vectors.ts'

const fail = (message: string): never => {
  console.error(message)
  process.exit(2)
}

const load = (file: string): readonly Vector[] => {
  try {
    return parseVectors(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof InvalidInputError) return fail(`${error.name} (${error.code}) in ${file}\n${error.message}`)
    return fail(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const tally = (names: readonly string[]): string => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => `${name} ${String(count)}`).join(', ')
}

const [file] = process.argv.slice(2).filter((argument) => argument !== '--')
if (file === undefined) fail('Usage: pnpm vectors FILE')
else {
  const outcomes = load(file).map(runVector)
  const passed = outcomes.filter((outcome) => outcome.status === 'passed')
  const failed = outcomes.filter((outcome) => outcome.status === 'failed')
  const skipped = outcomes.filter((outcome) => outcome.status === 'skipped')
  for (const { vector, reading, got } of failed)
    console.log(`FAILED ${vector.id} ${vector.op} (${reading}): expected ${JSON.stringify(vector.expected)}, got ${got}`)
  console.log(`Run under: ${tally(passed.flatMap(({ readings }) => readings))}`)
  console.log(`${String(passed.length)} passed, ${String(failed.length)} failed, ${String(skipped.length)} skipped`)
  if (skipped.length > 0) console.log(`Skipped by reading: ${tally(skipped.map(({ readings }) => readings.join(' | ')))}`)
  process.exitCode = failed.length === 0 ? 0 : 1
}
