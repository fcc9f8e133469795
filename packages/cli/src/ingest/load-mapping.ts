import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseDocument, type YAMLError } from 'yaml'
import { fileProblem } from '../config/input-file.ts'
import { say, type InWords, type Said } from '../said.ts'
import { MappingError, type MappingFinding } from './mapping-error.ts'
import { mappingSchema, type Mapping } from './mapping-schema.ts'
import { tellIssue } from './mapping-words.ts'

const maxMappingLength = 200_000

/** Slips of the pen that have a name; of the others the library's own words tell more. */
const slips: { readonly [code: string]: readonly [message: Said, remedy: Said] } = {
  BAD_INDENT: [
    say('the indentation does not fit, or a bracket does not close', '缩进不一致，或括号没有闭合'),
    say('indent by spaces as the lines around it, and close every bracket', '请用空格与上下行对齐，并闭合括号'),
  ],
  DUPLICATE_KEY: [say('the key is given twice', '该项重复出现'), say('delete one of the two', '请删除其中一项')],
  MISSING_CHAR: [say('a quote, a bracket or a colon is missing', '缺少引号、括号或冒号'), say('add it here', '请在此处补上')],
  MULTIPLE_DOCS: [
    say('a second document begins here', '此处开始了第二份文档'),
    say(
      'keep one mapping in a file: delete the line --- and what stands before or behind it',
      '每个文件只写一份映射：请删除---及其前后多余的内容',
    ),
  ],
  RESOURCE_EXHAUSTION: [say('nested too deeply', '嵌套过深'), say('check the brackets and the indentation', '请检查括号和缩进')],
  TAB_AS_INDENT: [say('a tab stands where spaces should', '缩进使用了制表符'), say('indent by spaces', '请用空格缩进')],
}

function tellSlip({ code, linePos, message }: YAMLError): InWords<MappingFinding> {
  const known = Object.hasOwn(slips, code) ? slips[code] : undefined
  const own = (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')
  const [what, remedy] = known ?? [say(own, '此处不是有效的YAML'), say('mend the YAML here', '请更正此处的YAML')]
  return { path: linePos ? `line ${String(linePos[0].line)}` : '', message: what, remedy }
}

/**
 * Reads a mapping from YAML text.
 * @param file name for the findings.
 * @throws {MappingError} with every finding: line and column in the YAML where there is one, the path in the mapping, the remedy.
 */
export function parseMapping(text: string, file: string): Mapping {
  const fail = (findings: readonly InWords<MappingFinding>[]): never => {
    throw new MappingError(file, findings)
  }
  const whole = (message: Said, remedy: Said): never => fail([{ path: '', message, remedy }])
  if (text.length > maxMappingLength)
    whole(
      say('the file is longer than 200,000 characters', '文件超过200000个字符'),
      say('name a mapping file, not data', '请指定映射文件，而非数据'),
    )
  const document = parseDocument(text, { uniqueKeys: true })
  const { errors } = document
  // Where nesting ends the reading, what else is found follows from that.
  const exhausted = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION')
  if (errors.length > 0) fail((exhausted === undefined ? errors.slice(0, 20) : [exhausted]).map(tellSlip))
  // No aliases: a mapping does not need them, and they can make a small file huge.
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 0 })
  } catch {
    whole(say('the file uses YAML aliases', '文件使用了YAML别名'), say('write the values out', '请直接写出各值'))
  }
  const parsed = mappingSchema.safeParse(value)
  return parsed.success ? parsed.data : fail(parsed.error.issues.slice(0, 50).map((issue) => tellIssue(issue, value)))
}

/** Reads and checks a mapping file. */
export async function loadMapping(path: string): Promise<Mapping> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const [message] = fileProblem(error)
    const remedy = say(
      'name a YAML file, or one of the mappings that `ka-governance mappings` lists',
      '请指定YAML文件，或ka-governance mappings所列的映射之一',
    )
    throw new MappingError(basename(path), [{ path: '', message, remedy }])
  }
  return parseMapping(text, basename(path))
}
