import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { Report } from '#functions/reports/read-report/report';
import { ApiError, type ApiOptions, call, withApi } from '../api.ts';
import { Failure } from '../failure.ts';
import { plainLine } from '../output/plain-line.ts';
import { formatTimeline, inOrder, type TimelineEntry } from '../output/timeline.ts';

interface Shown {
  id: string;
  fields: Record<string, unknown>;
  tags: string[];
  score: number;
  stage?: string;
  consent: Record<string, { given: boolean; pending?: string; at: string; source: string }>;
  suppressed: Record<string, { reason: string }>;
}

export const addContacts = (program: Command): void => {
  const contacts = program.command('contacts').description('people: show, import, export, erase');
  addShow(contacts);
  addErase(contacts);
};

const aboutOne = (contacts: Command, name: string, description: string): Command =>
  withApi(
    contacts
      .command(name)
      .description(description)
      .argument('<who>', 'e-mail address, phone number, user id or contact id'),
  );

const addErase = (contacts: Command): void => {
  aboutOne(contacts, 'erase', 'one contact: its runs end, and nothing that tells who it was stays')
    .option('--yes', 'without asking first, as it also does where nobody sits at a terminal')
    .option('--json', 'the answer as JSON')
    .action(async (who: string, options: ApiOptions & { json?: boolean; yes?: boolean }) => {
      const { id } = await find(options, who);
      if (!options.yes && process.stdin.isTTY) await confirmed(`Erase ${who} (${id}) for good?`);
      const { state = 'erased' } = (await call(options, 'DELETE', `/v1/contacts/${id}`)) as {
        state?: string;
      };
      if (options.json) console.log(JSON.stringify({ contact: id, state }));
      else
        console.log(
          state === 'erased'
            ? `${id} is erased.`
            : `${id} is erased; its long history is still being removed.`,
        );
    });
};

const confirmed = async (question: string): Promise<void> => {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(`${question} [y/N] `).finally(() => asking.close());
  if (!/^y(?:es)?$/i.test(answer.trim())) throw new Failure('Nothing was erased.');
};

const addShow = (contacts: Command): void => {
  aboutOne(contacts, 'show', 'one contact: what is known, and what happened, in order')
    .option('--json', 'contact and timeline as JSON')
    .action(async (who: string, options: ApiOptions & { json?: boolean }) => {
      const contact = await find(options, who);
      const { entries } = (await call(options, 'GET', `/v1/contacts/${contact.id}/timeline`)) as {
        entries: TimelineEntry[];
      };
      console.log(
        options.json
          ? JSON.stringify({ contact, entries }, null, 2)
          : describe(contact, inOrder(entries, await stepsOf(options, entries))),
      );
    });
};

/**
 * The steps of every journey that the contact came through, in document order. Mails of a form have no
 * journey, and a journey may be gone.
 */
const stepsOf = async (options: ApiOptions, entries: readonly TimelineEntry[]): Promise<string[]> => {
  const journeys = [...new Set(entries.flatMap(({ journey }) => journey ?? []))];
  const reports = await Promise.all(
    journeys.filter((id) => !id.includes(':')).map((id) => reportOf(options, id)),
  );
  return reports.flatMap((report) => report?.steps.map(({ id }) => id) ?? []);
};

const reportOf = async (options: ApiOptions, journey: string): Promise<Report | undefined> => {
  try {
    return (await call(options, 'GET', `/v1/journeys/${encodeURIComponent(journey)}/report`)) as Report;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
};

const pathsOf = (who: string): string[] => {
  const text = encodeURIComponent(who);
  if (who.includes('@')) return [`/v1/contacts?email=${text}`];
  if (who.startsWith('+')) return [`/v1/contacts?phone=${text}`];
  return [`/v1/contacts/${text}`, `/v1/contacts?userId=${text}`];
};

/** A word without a mark may be an id of ours or of the client's own: both are tried. */
const find = async (options: ApiOptions, who: string): Promise<Shown> => {
  const [first = '', second] = pathsOf(who);
  try {
    return (await call(options, 'GET', first)) as Shown;
  } catch (error) {
    if (second === undefined || !(error instanceof ApiError) || error.status !== 404) throw error;
    return (await call(options, 'GET', second)) as Shown;
  }
};

const describe = (
  { id, fields, tags, score, stage, consent, suppressed }: Shown,
  entries: TimelineEntry[],
): string =>
  [
    plainLine(
      `${[fields.firstName, fields.lastName].filter(Boolean).join(' ') || fields.email || id}  (${id})`,
    ),
    ...Object.entries(fields).map(([name, value]) =>
      plainLine(`  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`),
    ),
    plainLine(
      `  score ${score}${stage ? `, stage ${stage}` : ''}${tags.length > 0 ? `, tags ${tags.join(', ')}` : ''}`,
    ),
    ...Object.entries(consent).map(
      ([key, { given, pending, source, at }]) =>
        `  consent ${key}: ${given ? 'given' : pending ? 'asked for, not yet confirmed by a click' : 'taken back'} (${source}, ${at.slice(0, 10)})`,
    ),
    ...Object.entries(suppressed).map(([channel, { reason }]) => `  ${channel} suppressed: ${reason}`),
    '',
    formatTimeline(entries),
  ].join('\n');
