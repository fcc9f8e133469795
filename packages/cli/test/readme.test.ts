import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { runTranscripts, transcriptsOf } from './readme.ts'

/** A hash stands for whatever the policy says at the moment. */
const withoutHashes = (text: string): string => text.replaceAll(/\b[0-9a-f]{12}\b/g, '<hash>')

describe('the README', () => {
  it('shows what the command line answers', async () => {
    const transcripts = transcriptsOf(await readFile(new URL('../README.md', import.meta.url), 'utf8'))
    expect(transcripts.length).toBeGreaterThan(10)
    for (const { command, shown, out } of await runTranscripts(transcripts)) {
      const lines = withoutHashes(out.trimEnd()).split('\n')
      // Behind `…` there is more than is shown.
      const isWhole = shown.at(-1) !== '…'
      const expected = (isWhole ? shown : shown.slice(0, -1)).map(withoutHashes)
      expect([command, ...(isWhole ? lines : lines.slice(0, expected.length))]).toEqual([command, ...expected])
      if (!isWhole) expect(lines.length).toBeGreaterThan(expected.length)
    }
  })
})
