/** Colours are tokens; dark mode swaps the tokens, print takes the light ones. */
export const style = `
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#1c2321;--soft:#5c6865;--faint:#8b9592;--line:#e3e3dc;--rule:#c9cdc7;
--a:#0f4c4a;--b:#2b8079;--c:#82b9ae;--d:#d3d8d0;--n:#eceae2;--on-a:#fff;--on-b:#fff;--on-c:#10312d;--on-d:#2f3835;--on-n:#5c6865;
--good:#1f7a5c;--bad:#b1412a;--amber:#8a5a0b;--good-bg:#e3f1ea;--bad-bg:#f8e6df;--amber-bg:#f7edd8;--link:#0f5c66}
@media (prefers-color-scheme:dark){:root{--paper:#121716;--card:#1a201f;--ink:#e8ebe6;--soft:#a4afab;--faint:#78827f;--line:#2b3331;--rule:#3d4744;
--a:#8fd6c9;--b:#4fa195;--c:#2f6a62;--d:#3d4744;--n:#262c2b;--on-a:#0d2421;--on-b:#081a18;--on-c:#e4f2ef;--on-d:#d8deda;--on-n:#a4afab;
--good:#6cc7a2;--bad:#ef8d72;--amber:#dcae5b;--good-bg:#19342a;--bad-bg:#3d241d;--amber-bg:#362c18;--link:#8fd6c9}}
*{box-sizing:border-box}html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI","Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;font-feature-settings:"tnum" 1}
main,header.top>div,nav.toc>div{max-width:1080px;margin:0 auto;padding:0 28px}
header.top{padding:44px 0 26px}header.top p{margin:6px 0 0;color:var(--soft)}
.eyebrow{font-size:12px;letter-spacing:.08em;text-transform:uppercase;color:var(--faint);margin:0 0 6px!important}
h1{font:600 34px/1.15 ui-serif,"Iowan Old Style",Georgia,"Noto Serif CJK SC","Songti SC",serif;margin:0;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{font:600 23px/1.25 ui-serif,"Iowan Old Style",Georgia,"Noto Serif CJK SC","Songti SC",serif;margin:0 0 4px}
h3{font-size:15px;margin:26px 0 8px}section{padding:34px 0 10px;border-top:1px solid var(--line)}section:first-of-type{border-top:0;padding-top:8px}
.lede{color:var(--soft);max-width:70ch;margin:0 0 18px}
nav.toc{position:sticky;top:0;z-index:2;background:var(--paper);border-block:1px solid var(--line)}
nav.toc>div{display:flex;flex-wrap:wrap;gap:2px 18px;padding-block:9px;font-size:13.5px}nav.toc a{color:var(--soft);text-decoration:none}nav.toc a:hover{color:var(--ink);text-decoration:underline}
section{scroll-margin-top:46px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(206px,1fr));gap:14px;margin:22px 0 8px}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:15px 17px 14px}
.card .k{font-size:13px;color:var(--soft)}.card .v{font:600 29px/1.2 ui-serif,"Iowan Old Style",Georgia,serif;margin:3px 0 2px;letter-spacing:-.01em}
.card .s{font-size:13px;color:var(--soft)}.up{color:var(--good)}.down{color:var(--bad)}.amber{color:var(--amber)}
.panel>p:only-child{margin:0}.panel{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:18px 20px;margin:0 0 16px}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(330px,1fr));gap:16px}.two>.panel{margin:0}
table{border-collapse:collapse;width:100%;font-size:13.5px}caption{text-align:left;color:var(--soft);font-size:13px;padding:0 0 6px}
th{font-weight:600;color:var(--soft);font-size:12.5px;text-align:left;vertical-align:bottom;border-bottom:1px solid var(--rule);padding:5px 10px 5px 0}
td{border-bottom:1px solid var(--line);padding:6px 10px 6px 0;vertical-align:top;overflow-wrap:break-word}tr:last-child>td{border-bottom:0}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.num,th.num{padding-right:12px}
.scroll{overflow-x:auto}.muted{color:var(--soft)}.small{font-size:13px}.nowrap{white-space:nowrap}
code{font:12.5px/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:break-word}.wrap{overflow-wrap:anywhere}
.tier{display:inline-block;min-width:23px;text-align:center;border-radius:5px;font-weight:600;font-size:12.5px;line-height:21px;padding:0 6px}
.tA{background:var(--a);color:var(--on-a)}.tB{background:var(--b);color:var(--on-b)}.tC{background:var(--c);color:var(--on-c)}.tD{background:var(--d);color:var(--on-d)}.tnone,.texit{background:var(--n);color:var(--on-n)}
.tag{display:inline-block;font-size:12px;line-height:20px;padding:0 8px;border-radius:10px;background:var(--n);color:var(--on-n);white-space:nowrap}
.tag.good{background:var(--good-bg);color:var(--good)}.tag.bad{background:var(--bad-bg);color:var(--bad)}.tag.warn{background:var(--amber-bg);color:var(--amber)}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:13px;color:var(--soft);margin:0 0 8px}.legend i{display:inline-block;width:11px;height:11px;border-radius:3px;margin-right:6px;vertical-align:-1px}
svg{display:block;max-width:100%;height:auto}svg text{font-family:inherit;fill:var(--ink);font-size:12px}svg .soft{fill:var(--soft)}
.matrices{display:grid;grid-template-columns:repeat(auto-fit,minmax(268px,1fr));gap:16px}.matrices .panel{margin:0}
.two>*{min-width:0}.matrix{font-size:13px;table-layout:fixed}.matrix tbody th,.matrix td:first-child{width:auto}.matrix th,.matrix td{text-align:center;padding:5px 3px;border:0}.matrix tbody th{text-align:right;padding-right:8px;white-space:nowrap}.matrix td{border-radius:5px}
.matrix .stay{background:var(--n)}.matrix .rise{background:var(--good-bg);color:var(--good);font-weight:600}.matrix .fall{background:var(--bad-bg);color:var(--bad);font-weight:600}.matrix .zero{color:var(--faint)}
tbody th{border-bottom:1px solid var(--line);padding:6px 10px 6px 0}tr:last-child>th{border-bottom:0}.factors{display:flex;flex-wrap:wrap;gap:6px 18px;align-items:baseline}.factor{font-size:13px;white-space:nowrap}.factor .tier{margin-right:6px}details.move{border-bottom:1px solid var(--line)}details.move:last-child{border-bottom:0}
details.move>summary{list-style:none;cursor:pointer;display:grid;grid-template-columns:98px minmax(0,1fr) auto auto;gap:12px;align-items:baseline;padding:9px 2px}
details.move>summary::-webkit-details-marker{display:none}details.move>summary:hover{background:color-mix(in srgb,var(--n) 55%,transparent)}
details.move .name{font-weight:600;overflow-wrap:anywhere}details.move .body{padding:2px 2px 16px 110px}
details.move summary .why{color:var(--soft);font-size:13px;font-weight:400;display:block}
.refused{margin:2px 0 0;padding-left:18px}h3.first{margin-top:0}.life{margin:0 0 10px}.life figcaption{margin:0}.life svg{margin-top:2px}
.ok{color:var(--good)}.no{color:var(--bad)}
.bar{display:flex;height:12px;border-radius:6px;overflow:hidden;background:var(--n);min-width:120px}.bar i{display:block}
.bm{background:var(--b)}.bl{background:var(--bad)}.bo{background:var(--amber)}.bi{background:var(--d)}
details.chart{padding:14px 20px}details.chart>summary{cursor:pointer;font-weight:600}.chart svg{background:#fff;border-radius:6px;margin-top:12px}.chart svg text{fill:#1c2321}figure{margin:0 0 18px}figcaption{font-size:13px;color:var(--soft);margin:0 0 8px}.chart{overflow-x:auto}
ol.methods{padding-left:20px;max-width:82ch}ol.methods li{margin:0 0 8px}footer{color:var(--faint);font-size:12.5px;padding:26px 0 50px}
th[data-sort]{cursor:pointer}th[aria-sort=ascending]::after{content:" ↑"}th[aria-sort=descending]::after{content:" ↓"}
@media (max-width:640px){details.move>summary{grid-template-columns:84px minmax(0,1fr)}details.move .body{padding-left:2px}h1{font-size:27px}}
@media print{:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#111;--soft:#444;--faint:#666;--line:#ddd;--rule:#bbb;--a:#0f4c4a;--b:#2b8079;--c:#82b9ae;--d:#d3d8d0;--n:#eee;--on-a:#fff;--on-b:#fff;--on-c:#10312d;--on-d:#222;--on-n:#444;--good:#14603f;--bad:#9a3018;--amber:#7d540c;--good-bg:#e3f1ea;--bad-bg:#f8e6df;--amber-bg:#f7edd8}
body{font-size:10.5pt}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}nav.toc{display:none}details::details-content{content-visibility:visible;block-size:auto}header.top{padding:0 0 8pt}main,header.top>div{max-width:none;padding:0}
section{padding:14pt 0 4pt}.panel,.card,tr,.matrices>*,figure{break-inside:avoid}h2,h3,summary{break-after:avoid}.card .v{font-size:18pt}.cards{grid-template-columns:repeat(4,1fr)}body{zoom:.76}.scroll,.chart{overflow:visible}.two{grid-template-columns:1fr 1fr}#movers .panel,.panel.long{break-inside:auto}details.move{break-inside:avoid}details.chart{break-inside:auto}details.move .body{padding-left:2px}@page{size:A4;margin:15mm 13mm}}
`.trim()

/** Sorting by a click on a column's head; the report reads the same without it. */
export const script = `document.querySelectorAll('th[data-sort]').forEach(function(h){h.tabIndex=0;function go(){var t=h.closest('table'),b=t.tBodies[0],i=h.cellIndex,d=h.getAttribute('aria-sort')==='ascending'?-1:1;
t.querySelectorAll('th').forEach(function(x){x.removeAttribute('aria-sort')});h.setAttribute('aria-sort',d===1?'ascending':'descending');
Array.from(b.rows).sort(function(p,q){var a=p.cells[i].dataset.v||p.cells[i].textContent,c=q.cells[i].dataset.v||q.cells[i].textContent,n=parseFloat(a)-parseFloat(c);return d*(isNaN(n)?a.localeCompare(c):n)}).forEach(function(r){b.appendChild(r)})}
h.addEventListener('click',go);h.addEventListener('keydown',function(e){if(e.key==='Enter'||e.key===' '){e.preventDefault();go()}})})`
