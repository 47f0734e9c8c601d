/**
 * `npm run bench` measures everything, `npm run bench -- events cost` some of it, `--quick` with small
 * amounts. Numbers of one machine mean little beside those of another; ratios and counts do.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { createProgress } from '#infra/cli/output/progress';
import { formatTable } from '#infra/cli/output/table';
import { compile } from './compile.ts';
import { consolePages } from './console/section.ts';
import { cost } from './cost.ts';
import { doors } from './doors.ts';
import { enrolment } from './enrolment.ts';
import { events } from './events.ts';
import { importing } from './import.ts';
import { messages } from './messages/section.ts';
import { plot } from './plot.ts';
import { runs } from './runs.ts';
import { type Found, type Goal, isReached, rounded, type Section } from './section.ts';
import { segments } from './segments.ts';
import { synth } from './synth.ts';
import { waiting } from './waiting.ts';

const sections: readonly Section[] = [
  events,
  doors,
  segments,
  enrolment,
  importing,
  consolePages,
  runs,
  messages,
  waiting,
  compile,
  synth,
  cost,
];

const chosen = (names: readonly string[]): readonly Section[] => {
  const unknown = names.filter((name) => !sections.some((section) => section.name === name));
  if (unknown.length > 0)
    throw new Error(
      `There is no section ${unknown.join(', ')}. Sections: ${sections.map((s) => s.name).join(', ')}.`,
    );
  return names.length === 0 ? sections : sections.filter(({ name }) => names.includes(name));
};

const wordsOf = (goal: Goal): string =>
  `goal ${isReached(goal) ? 'reached' : 'missed '}  ${goal.what}: ${rounded(goal.measured)} ${goal.unit} (${goal.comparison} ${goal.limit}${goal.unit ? ` ${goal.unit}` : ''})`;

const print = ({ title }: Section, { tables, goals, notes }: Found): void => {
  console.log(`\n## ${title}\n`);
  for (const table of tables) console.log(`${table.title}\n${formatTable(table.header, table.rows)}\n`);
  for (const note of notes) console.log(note);
  if (notes.length > 0) console.log('');
  for (const goal of goals) console.log(wordsOf(goal));
};

const machine = () => ({
  node: process.version,
  processors: availableParallelism(),
  load: loadavg().map((n) => Math.round(10 * n) / 10),
});

const measure = async (section: Section, output: string, quick: boolean): Promise<Found> => {
  const folder = mkdtempSync(join(output, `${section.name}-`));
  const progress = createProgress(section.title);
  try {
    return await section.run({ folder, quick, progress: progress.step });
  } finally {
    progress.end();
    rmSync(folder, { recursive: true, force: true });
  }
};

const args = process.argv.slice(2);
const quick = args.includes('--quick');
const output = resolve('.wayleaf/bench');
mkdirSync(output, { recursive: true });
const before = machine();
console.log(
  `Node ${before.node}, ${before.processors} processors, load ${before.load.join(' ')}${quick ? ', small amounts' : ''}`,
);
const found: Record<string, Found> = {};
for (const section of chosen(args.filter((arg) => arg !== '--quick'))) {
  const result = await measure(section, output, quick);
  found[section.name] = result;
  print(section, result);
}
const goals = Object.values(found).flatMap((section) => section.goals);
writeFileSync(
  join(output, 'results.json'),
  `${JSON.stringify({ before, after: machine(), quick, found }, null, 2)}\n`,
);
writeFileSync(join(output, 'goals.svg'), plot(goals));
console.log(
  `\n${goals.filter(isReached).length} of ${goals.length} goals reached. Numbers and plot: ${relative(process.cwd(), output)}/`,
);
