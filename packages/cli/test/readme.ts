import { cp, readFile } from 'node:fs/promises'
import { createDesk, demo, demoPolicy, type Answer } from './cli-harness.ts'

/** A command line of the README with what stands below it. */
export interface Transcript {
  readonly command: string
  readonly shown: readonly string[]
}

const blocks = /```console\n([\s\S]*?)```/g

/** Every command line of the README's console blocks, in order. */
export function transcriptsOf(readme: string): readonly Transcript[] {
  return [...readme.matchAll(blocks)].flatMap(([, body = '']) =>
    body.split(/^(?=\$ )/m).map((part) => {
      const [command = '', ...shown] = part.trimEnd().split('\n')
      return { command: command.slice(2), shown }
    }),
  )
}

const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')

/** Runs the command lines one after the other, in a folder with the files that the README speaks of. */
export async function runTranscripts(transcripts: readonly Transcript[]): Promise<readonly (Answer & Transcript)[]> {
  const desk = await createDesk()
  try {
    const text = await readFile(demoPolicy, 'utf8')
    const version = (n: string, from: string): string =>
      text
        .replace(/^version: .*$/m, `version: "${n}"`)
        .replace(/^effectiveFrom: .*$/m, `effectiveFrom: ${from}`)
        .replace(/^( {2}whatIf: ).*$/m, '$1advised')
    await desk.write('v1.yaml', version('1.0', '2027-02-01'))
    await desk.write('v2.yaml', version('2.0', '2027-06-01').replace(/(handoff:\n\s+amount: )\d+/, '$16'))
    await cp(demo, desk.path('demo'), { recursive: true })
    let now = Date.parse('2027-01-04T10:00:00+08:00')
    const answers: (Answer & Transcript)[] = []
    for (const transcript of transcripts) {
      const [, ...args] = wordsOf(transcript.command)
      answers.push({ ...transcript, ...(await desk.runWith({ clock: () => (now += 1000) }, ...args)) })
    }
    return answers
  } finally {
    await desk.remove()
  }
}
