import { describe, expect, it } from 'vitest'
import { firstDifference, transcriptOf } from './transcript.ts'

const page = [
  'Text',
  '```console',
  '$ ka-governance check a.yaml # answers 1',
  'a.yaml:1:1: error',
  '…',
  "$ cat >> a.yaml <<'EOF'",
  'x: 1',
  '$ no command',
  'EOF',
  '$ ka-governance simulate a.yaml \\',
  '    --data data',
  '```',
  '```yaml',
  '$ not: this',
  '```',
].join('\n')

describe('a transcript', () => {
  it('is read from the console blocks of a page', () => {
    expect(transcriptOf(page)).toEqual([
      { line: 3, command: 'ka-governance check a.yaml', printed: ['a.yaml:1:1: error', '…'], exitCode: 1 },
      { line: 6, command: "cat >> a.yaml <<'EOF'\nx: 1\n$ no command\nEOF", printed: [], exitCode: 0 },
      { line: 10, command: 'ka-governance simulate a.yaml --data data', printed: [], exitCode: 0 },
    ])
  })
  it.each([
    [['a', 'b'], 'a\nb\n', null],
    [['a', '…', 'd'], 'a\nb\nc\nd', null],
    [['a', '…'], 'a\nb', null],
    [['…', 'x', 'y'], 'x\nz\nx\ny', null],
    [['sha …', ''], 'sha 1234', null],
    [['a'], 'a\nb', '(nothing more, but the command prints: b)'],
    [['a', 'c'], 'a\nb\nc', 'c'],
    [['…', 'c'], 'a\nb', 'c'],
    [['a.c'], 'abc', 'a.c'],
  ])('%j of %j', (said, output, difference) => {
    expect(firstDifference(said, output)).toBe(difference)
  })
})
