import type { PolicyDocument, PolicyParagraph, PolicyTable, PolicySources } from './policy-document.ts'

/** Characters that Markdown gives a meaning to, anywhere in a line. */
const special = /[\\`*_{}[\]<>#|~!&@$]|:(?=\/\/)|(?<=www)\./giu
const atStart = /^(\d+)?((?<=\d)[.)]|(?<!\d)[-+=])/u

/** Text that stands in Markdown as itself. */
const plain = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(special, (char) => `\\${char}`)
    .replace(atStart, (_, digits: string | undefined, mark: string) => `${digits ?? ''}\\${mark}`)

const sourcesOf = ({ numbers, clauses }: PolicySources): string => {
  const all = [...new Set([...numbers, ...clauses])]
  return all.length === 0 ? '' : ` *\\[${all.map(plain).join(', ')}\\]*`
}

const paragraph = (block: PolicyParagraph): string => `${plain(block.text)}${sourcesOf(block)}`

function table(block: PolicyTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => (cell === '' ? ' ' : plain(cell))).join(' | ')} |`
  const rule = `| ${block.head.map(() => '---').join(' | ')} |`
  return [`**${plain(block.title)}**${sourcesOf(block)}`, '', line(block.head), rule, ...block.rows.map(line)].join('\n')
}

/**
 * A policy document as Markdown (CommonMark with GitHub's tables). Names that a policy made up stand as they are, whatever characters they have: nothing in
 * them becomes a heading, a link, HTML or a column.
 *
 * @example
 * ```ts
 * formatPolicyText({ title: 'A | B', sections: [] }) // => '# A \\| B\n'
 * ```
 */
export function formatPolicyText({ title, sections }: PolicyDocument): string {
  const chapters = sections.flatMap((section, index) => [
    `## ${String(index + 1)}. ${plain(section.title)}`,
    ...section.blocks.map((block) => (block.kind === 'table' ? table(block) : paragraph(block))),
  ])
  return `${[`# ${plain(title)}`, ...chapters].join('\n\n')}\n`
}
