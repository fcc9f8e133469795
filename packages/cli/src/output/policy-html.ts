import type { Locale, PolicyDocument, PolicyParagraph, PolicyTable } from '@ka-governance/core'
import { escapeHtml } from '../report/html.ts'

const style = `
:root{--ink:#1c2430;--soft:#5a6675;--line:#d9dee6;--paper:#fff;--mark:#2457a6}
@media (prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#9aa6b5;--line:#39424f;--paper:#151a21;--mark:#86b0f2}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:60rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}
h1{font-size:1.9rem;line-height:1.25;margin:0 0 1.5rem}
h2{font-size:1.25rem;margin:2.5rem 0 .75rem;padding-top:.75rem;border-top:1px solid var(--line)}
nav ol{columns:2;column-gap:2rem;margin:0;padding-left:1.4rem}
nav a{color:var(--mark);text-decoration:none}
nav a:hover,nav a:focus{text-decoration:underline}
p{margin:.6rem 0}
.from{color:var(--soft);font-size:.82em;white-space:nowrap}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.4rem 0 1.2rem;font-size:.92em}
caption{text-align:left;font-weight:600;padding:.6rem 0 .3rem}
th,td{border:1px solid var(--line);padding:.35rem .55rem;text-align:left;vertical-align:top}
thead th{background:color-mix(in srgb,var(--line) 35%,transparent)}
tbody th{font-weight:500}
@media (max-width:40rem){nav ol{columns:1}}
@media print{:root{--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--mark:#000}main{max-width:none;padding:0}body{font-size:10.5pt}nav{display:none}h2,caption{break-after:avoid}tr,p{break-inside:avoid}thead{display:table-header-group}}
`

const sourcesOf = ({ numbers, clauses }: PolicyParagraph | PolicyTable): string => {
  const all = [...new Set([...numbers, ...clauses])]
  return all.length === 0 ? '' : ` <span class="from">[${all.map(escapeHtml).join(', ')}]</span>`
}

const paragraph = (block: PolicyParagraph): string => `<p>${escapeHtml(block.text)}${sourcesOf(block)}</p>`

function table(block: PolicyTable): string {
  const head = block.head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('')
  const rows = block.rows.map(
    ([first = '', ...cells]) =>
      `<tr><th scope="row">${escapeHtml(first)}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`,
  )
  return `<div class="scroll"><table><caption>${escapeHtml(block.title)}${sourcesOf(block)}</caption><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

/** A policy document as one HTML page without script and without anything from a network; readable in print, in the dark and on a telephone. */
export function policyHtml({ title, sections }: PolicyDocument, locale: Locale): string {
  const items = sections.map(({ id, title: name }) => `<li><a href="#${escapeHtml(id)}">${escapeHtml(name)}</a></li>`)
  const chapters = sections.map(
    ({ id, title: name, blocks }, index) =>
      `<section id="${escapeHtml(id)}"><h2>${String(index + 1)}. ${escapeHtml(name)}</h2>${blocks.map((b) => (b.kind === 'table' ? table(b) : paragraph(b))).join('\n')}</section>`,
  )
  return `<!doctype html>
<html lang="${locale === 'en' ? 'en' : 'zh-Hans'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<nav><ol>${items.join('')}</ol></nav>
${chapters.join('\n')}
</main>
</body>
</html>
`
}
