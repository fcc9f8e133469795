#!/usr/bin/env node
import { runCli } from './cli.ts'
import { exitCodes } from './commands/shared.ts'
import { fileProblem } from './config/input-file.ts'

// Who reads only the first lines (`| head`) has what he wanted: no error, and nothing more to do. What a full disk did not take is said where it can still be said.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.ok)
    if (stream === process.stdout) process.stderr.write(`standard output: ${fileProblem(error, 'write')[0].en}\n`)
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
