import type { Report } from '#functions/reports/read-report/report';
import type { TimelineEntry } from '../output/timeline.ts';
import type { OutboxEntry } from './visitor.ts';

export interface DemoPage {
  journeys: { name: string; svg: string; report: Report }[];
  people: { name: string; came: string; entries: TimelineEntry[] }[];
  messages: { entry: OutboxEntry; file: string }[];
  summary: { header: string[]; rows: (string | number)[][] };
  cost: { header: string[]; rows: (string | number)[][] };
}

/** One page that shows all of it; opens from the disk, fetches nothing, runs nothing. */
export const demoPage = ({ journeys, people, messages, summary, cost }: DemoPage): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Wayleaf demo</title>
<style>${styleSheet}</style>
</head>
<body>
<header><h1>Wayleaf demo</h1>
<p>${people.length} people, ${messages.length} messages, ${journeys.length} journeys, on a virtual clock.</p>
<nav><a href="#summary">Summary</a> <a href="#journeys">Journeys</a> <a href="#people">People</a> <a href="#messages">Messages</a></nav></header>
<main>
<section id="summary"><h2>Summary</h2>${table(summary)}<h3>What it would have cost on AWS</h3>${table(cost)}</section>
<section id="journeys"><h2>Journeys</h2>${journeys.map(journeySection).join('\n')}</section>
<section id="people"><h2>People</h2>${people.map(personSection).join('\n')}</section>
<section id="messages"><h2>Messages</h2>${messages.map(messageSection).join('\n')}</section>
</main>
</body>
</html>
`;

const journeySection = ({
  name,
  svg,
  report,
}: DemoPage['journeys'][number]): string => `<article><h3>${escapeHtml(name)}</h3>
<p>${report.entered} entered, ${report.converted} converted. Leaves: ${report.leaves.map(({ id, count }) => `${escapeHtml(id)} ${count}`).join(', ')}.</p>
<div class="picture">${svg}</div></article>`;

const personSection = ({
  name,
  came,
  entries,
}: DemoPage['people'][number]): string => `<details><summary>${escapeHtml(name)} <small>${escapeHtml(came)}</small></summary>
<ol>${entries.map(({ at, kind, text }) => `<li class="${escapeHtml(kind)}"><time>${at.slice(0, 16).replace('T', ' ')}</time> ${escapeHtml(text)}</li>`).join('')}</ol></details>`;

const messageSection = ({
  entry,
  file,
}: DemoPage['messages'][number]): string => `<details><summary><b>${escapeHtml(entry.subject ?? entry.channel)}</b> <small>${escapeHtml(entry.to)} · ${entry.at.slice(0, 16).replace('T', ' ')}</small></summary>
<p><a href="${escapeHtml(file)}">${escapeHtml(file)}</a></p>
${entry.html ? `<iframe sandbox title="${escapeHtml(entry.subject ?? 'message')}" srcdoc="${escapeHtml(entry.html)}" loading="lazy"></iframe>` : `<pre>${escapeHtml(entry.text ?? '')}</pre>`}</details>`;

const table = ({ header, rows }: { header: string[]; rows: (string | number)[][] }): string =>
  `<table><thead><tr>${header.map((h) => `<th>${escapeHtml(h)}</th>`).join('')}</tr></thead><tbody>${rows
    .map(
      (row) =>
        `<tr>${row.map((cell) => `<td${typeof cell === 'number' ? ' class="n"' : ''}>${escapeHtml(String(cell))}</td>`).join('')}</tr>`,
    )
    .join('')}</tbody></table>`;

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => entities[c] ?? c);

const styleSheet = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1.5rem; }
h1 { margin: 0; } nav a { margin-right: 1rem; }
section { margin-top: 2.5rem; } article { margin-bottom: 2rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .8rem; text-align: left; white-space: nowrap; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
.picture { overflow-x: auto; } .picture svg { max-width: 100%; height: auto; }
details { border-bottom: 1px solid var(--line); padding: .4rem 0; } summary { cursor: pointer; }
small, time { opacity: .7; } time { font-variant-numeric: tabular-nums; margin-right: .5rem; }
ol { list-style: none; padding-left: 1rem; } li.send { font-weight: 600; }
iframe { width: 100%; height: 36rem; border: 1px solid var(--line); border-radius: .5rem; background: #fff; }
pre { background: var(--soft); padding: 1rem; border-radius: .5rem; white-space: pre-wrap; }
`;
