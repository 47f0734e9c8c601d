import { setTimeout } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { SegmentSize } from '#functions/contacts/read-segments/answers';
import type { Enrolment } from '#model/enrolment';
import { type ApiOptions, call, withApi } from '../api.ts';
import { Failure } from '../failure.ts';
import { createProgress } from '../output/progress.ts';

interface Options extends ApiOptions {
  segment?: string;
  contact?: string;
  perMinute?: number;
  watch?: boolean;
  json?: boolean;
}

const aPace = (text: string): number => {
  const pace = Number(text);
  if (Number.isFinite(pace) && pace >= 1) return pace;
  throw new InvalidArgumentError('It is a number, 1 or more.');
};

/** enroll; with a segment, its members follow in time. */
export const addEnroll = (program: Command): void => {
  withApi(
    program
      .command('enroll')
      .description('put a contact, or all members of a segment, into a journey')
      .argument('<journey>', 'journey id')
      .option('--segment <id>', 'all who are in this segment now')
      .option('--contact <who>', 'one contact: e-mail address or contact id')
      .option('--per-minute <n>', 'at most so many members a minute', aPace)
      .option('--watch', 'wait until all members had their turn'),
  )
    .option('--json', 'the answer as JSON')
    .action(enroll);
};

const enroll = async (journey: string, options: Options): Promise<void> => {
  const { segment, contact, perMinute, json } = options;
  if ((segment === undefined) === (contact === undefined))
    throw new Failure('Say either --segment or --contact.', 2);
  const path = `/v1/journeys/${encodeURIComponent(journey)}/enroll`;
  const body = segment === undefined ? { contact } : { segment, perMinute };
  const answer = await call(options, 'POST', path, JSON.stringify(body));
  const made = segment === undefined || !options.watch ? answer : await watch(options, answer as Enrolment);
  console.log(json ? JSON.stringify(made, null, 2) : describe(journey, made as Enrolment | { run: string }));
};

const watch = async (options: Options, { id, segment }: Enrolment): Promise<Enrolment> => {
  const path = `/v1/segments/${encodeURIComponent(segment)}/count`;
  const { members } = (await call(options, 'GET', path)) as SegmentSize;
  const progress = createProgress(`${segment}`);
  for (;;) {
    const now = (await call(options, 'GET', `/v1/enrolments/${id}`)) as Enrolment;
    if (now.status === 'done' || now.status === 'stopped') {
      progress.end();
      return now;
    }
    progress.step(now.looked, Math.max(members, now.looked), now.status);
    await setTimeout(1_000);
  }
};

const describe = (journey: string, made: Enrolment | { run: string }): string => {
  if ('run' in made) return `In ${journey}, as run ${made.run}.`;
  const { id, status, entered, segment, perMinute, refused } = made;
  if (status === 'waiting')
    return `Enrolment ${id}: the members of ${segment} follow, at most ${perMinute} a minute.`;
  const kept = Object.entries(refused).map(([reason, n]) => `${n} ${reason}`);
  return `Enrolment ${id} is ${status}: ${entered} entered${kept.length > 0 ? `; not let in: ${kept.join(', ')}` : ''}.`;
};
