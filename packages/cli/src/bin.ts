#!/usr/bin/env node
import { runCli } from './cli.ts'

const color = process.stdout.isTTY && process.env['NO_COLOR'] === undefined
process.exitCode = await runCli(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  tty: process.stderr.isTTY,
  color,
})
