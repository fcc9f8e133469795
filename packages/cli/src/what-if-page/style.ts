import { style as reportStyle } from '../report/style.ts'

/** What only the what-if page draws, on the report's tokens and type. */
const own = `
h1{max-width:36ch;font-size:31px;line-height:1.24;text-wrap:balance}section:first-of-type{padding-top:26px}h1 b{font-weight:600;white-space:nowrap}.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
html[lang^=zh] h1{max-width:24em;line-height:1.35;letter-spacing:0}
header.top .calm{margin-top:10px;font-size:13.5px}
.calm{color:var(--soft)}.card .v{font-variant-numeric:tabular-nums}.card .s{text-wrap:pretty}
.card .v{font-family:ui-serif,"Iowan Old Style",Georgia,"Noto Serif CJK SC","Songti SC",serif}.cards{display:flex;flex-wrap:wrap}.cards>.card{flex:1 1 max(158px,calc((100% - 14px*(var(--per) - 1))/var(--per)))}
.attention{border-left:4px solid var(--amber);margin-top:16px}.attention ul{margin:0;padding:0;list-style:none}
.attention li{padding:4px 0 4px 22px;position:relative}.attention li::before{content:"";position:absolute;left:2px;top:12px;width:9px;height:9px;border-radius:50%;background:var(--amber)}
.attention li.bad::before{background:var(--bad)}.attention a,.lede a{color:var(--link);font-size:13px;margin-left:4px}
.no-chip{display:inline-block;font:600 11.5px/19px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;padding:0 6px;border-radius:4px;background:var(--n);color:var(--soft);white-space:nowrap}
tbody th{color:var(--ink);font-weight:500;font-size:13.5px;vertical-align:top}.matrix.heat tbody th,.matrix.heat tbody td{vertical-align:middle}.id{overflow-wrap:anywhere;min-width:104px}.id code{overflow-wrap:anywhere}td.wide{white-space:normal;max-width:240px}table.diff th[scope=row]{max-width:420px}
.matrix.heat{table-layout:auto;font-size:13.5px}.matrix.heat td{height:38px;min-width:44px;border:2px solid var(--card);color:var(--ink)}.matrix.heat td.zero{color:var(--soft)}
.matrix.heat td.rise,.matrix.heat td.fall{font-weight:700}.matrix.heat .sum{color:var(--soft);font-weight:400}.matrix.heat tfoot td,.matrix.heat tfoot th{border-top:1px solid var(--rule);border-radius:0;vertical-align:top;padding-top:8px}
.matrix.heat thead .sum,.matrix.heat tfoot th{font-size:12.5px;font-weight:400}.fromto{float:right}footer{color:var(--soft)}.eyebrow{color:var(--soft)}
.delta{font-size:12px;color:var(--soft);margin-left:4px;font-weight:400;white-space:nowrap}.matrix .delta{display:block;margin:0}
.matrices{grid-template-columns:repeat(auto-fit,minmax(330px,1fr));margin-bottom:16px}
.flow{opacity:.30}.flow.stay{fill:var(--b);opacity:.16}.flow.rise{fill:var(--good);opacity:.8}.flow.fall{fill:var(--bad);opacity:.8}.flow:hover{opacity:1}
svg.wide{width:100%;max-width:820px;margin:0 auto}
.chart-cell{width:30%;min-width:110px}td.chart-cell{vertical-align:middle}
.pair{display:block}.pair i{display:block;height:8px;border-radius:2px;margin:2px 0}.pair i.was{opacity:.38}.legend i.swatch{background:var(--b)}.legend i.was{opacity:.38}
.meter{display:block;position:relative;height:10px;border-radius:3px;background:var(--n)}.meter i{display:block;height:10px;border-radius:3px;background:var(--b)}.meter i.too-much{background:var(--bad)}.meter b{position:absolute;top:-3px;bottom:-3px;width:2px;margin-left:-1px;background:var(--ink)}
tfoot td,tfoot th{border-top:1px solid var(--rule);border-bottom:0;padding-top:8px;font-weight:500;color:var(--soft);font-size:13px}
table.movers th[scope=row]{font-weight:600;min-width:150px;max-width:230px;overflow-wrap:anywhere}table.movers caption b{color:var(--ink);font-size:15px}table.movers th div{font-weight:400}
td.why{min-width:240px}.because+.because{margin-top:5px}
.fold>summary{cursor:pointer;font-weight:600}.fold[open]>summary{margin-bottom:8px}
.tornado tbody.pairrow tr:first-child>*{border-bottom:0;padding-bottom:2px}.tornado tbody.pairrow tr:last-child td{border-bottom:1px solid var(--line);padding-top:2px}.tornado tbody.pairrow th{border-bottom:1px solid var(--line);max-width:330px}.tornado tbody.pairrow:last-child tr:last-child td,.tornado tbody.pairrow:last-child th{border-bottom:0}
.tornado .chart-cell{width:36%;min-width:190px}.axis{display:flex;justify-content:space-between}
.tornado-bar{display:grid;grid-template-columns:1fr 1fr;align-items:center}.tornado-bar>span{display:flex;align-items:center;height:18px}.tornado-bar i{display:block;height:14px;min-width:0}.tornado-bar em{font-style:normal;font-size:12px;padding:0 5px;color:var(--soft)}
.tornado-bar .neg{flex-direction:row-reverse;border-right:1px solid var(--rule);padding-left:24px}.tornado-bar .pos{padding-right:24px}.tornado-bar .neg i{background:var(--bad);border-radius:3px 0 0 3px}.tornado-bar .pos i{background:var(--good);border-radius:0 3px 3px 0}
.of-tier{display:inline-block;margin-right:12px;white-space:nowrap}.below{margin-top:16px}ul.key{list-style:none;padding:0;margin:10px 0 0;font-size:13.5px}ul.key i{display:inline-block;width:11px;height:11px;border-radius:3px;margin-right:8px;vertical-align:-1px}
table.facts th{width:190px;color:var(--soft);vertical-align:top}table.rebate th{width:130px}table.facts code{font-size:12px}
@media (max-width:640px){h1{font-size:26px}.chart-cell{min-width:90px}table.facts th{width:110px}}
@media print{@page{size:A4;margin:14mm 13mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:#666}}
header.top{padding-top:0}h1{font-size:24pt;max-width:none}section{break-inside:auto}thead{display:table-header-group}tfoot{display:table-row-group}tbody.pairrow,.because,.attention li,caption{break-inside:avoid}caption{break-after:avoid}
#migration,#movers{break-before:page}.flow-panel,.heat,.cards{break-inside:avoid}.lede,h3+p{break-after:avoid;break-inside:avoid}svg.wide{max-width:640px}.matrices{grid-template-columns:1fr 1fr}.fold>summary{list-style:none}a{text-decoration:none;color:inherit}.attention{border:1px solid var(--rule);border-left:4px solid var(--amber)}}
`.trim()

/** One sheet: the report's, then what this page adds. */
export const style = `${reportStyle}\n${own}`
