#!/usr/bin/env node
import { localeOf, runCli } from './cli.ts'
import { exitCodes } from './commands/shared.ts'
import { fileProblem } from './config/input-file.ts'
import { say } from './said.ts'

const locale = localeOf(process.argv)
const stdout = say('standard output', '标准输出')

// Who reads only the first lines (`| head`) has what he wanted: no error, and nothing more to do. What a full disk did not take is said where it can still be said.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.ok)
    if (stream === process.stdout) process.stderr.write(`${stdout[locale]}: ${fileProblem(error, 'write')[0][locale]}\n`)
    process.exit(exitCodes.internal)
  })

const color = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === ''
process.exitCode = await runCli(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  tty: process.stderr.isTTY,
  color,
  input: process.stdin,
  onInterrupt: () => {
    const controller = new AbortController()
    process.once('SIGINT', () => controller.abort())
    return controller.signal
  },
})
