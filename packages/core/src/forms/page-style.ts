/** The look of a printed form: A4, black on white, the same on screen; nothing is loaded from anywhere. */
export const pageStyle = `
@page { size: A4; margin: 18mm 16mm }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 186mm; padding: 8mm 4mm; background: #fff; color: #111;
  font: 10.5pt/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif }
header { border-bottom: 2px solid #111; margin-bottom: 6mm }
header p { margin: 0; color: #444 }
h1 { font-size: 17pt; line-height: 1.3; margin: 2mm 0 }
h2 { font-size: 12pt; margin: 8mm 0 2mm }
h3 { font-size: 10.5pt; margin: 0 0 1mm }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
th, td { border: 1px solid #999; padding: 1.5mm 2mm; text-align: start; vertical-align: top; overflow-wrap: anywhere; white-space: pre-wrap }
th { width: 30%; background: #f2f2f2; font-weight: 600 }
td > table, td > ul, td > section { white-space: normal }
td table th { width: 38% }
.facts { margin-bottom: 6mm }
.facts th, .facts td { border: 0; padding: .5mm 2mm .5mm 0; background: none }
ul { margin: 0; padding-inline-start: 5mm }
.item + .item { margin-top: 2mm }
.none { color: #666 }
code { font-size: 8.5pt; overflow-wrap: anywhere }
.signatures { display: grid; grid-template-columns: 1fr 1fr; gap: 10mm; break-inside: avoid }
.signatures dl { margin: 0 }
.signatures dt { color: #444; font-size: 9pt }
.signatures dd { margin: 0 0 2mm; border-bottom: 1px solid #111; height: 11mm }
footer { margin-top: 8mm; border-top: 1px solid #999; padding-top: 2mm; font-size: 8.5pt; color: #444; overflow-wrap: anywhere; break-inside: avoid }
footer p { margin: 0 }
tr { break-inside: avoid }
@media print { body { padding: 0; max-width: none } a { color: inherit; text-decoration: none } }
`
