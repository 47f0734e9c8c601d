import { iso } from '#kernel/clock';
import { derivedId } from '#kernel/ids';
import type { ContactEvent } from '#model/event';
import { type Happening, happeningVersion } from '#model/happening';
import type { Run, StepRecord } from '#model/run';
import type { Send } from '#model/send';
import type { Touch } from '#model/touch';
import { linkName } from '#policy/reports/names';
import type { Item } from '#store/table';
import type { Change } from './entries.ts';

/** What happened, before it is known to whom it is told. `mark` keeps apart what may happen again. */
type Told = Pick<Happening, 'type' | 'at' | 'contact'> & Partial<Happening> & { mark?: string };

const isNew = (before: unknown, after: unknown): boolean => before === undefined && after !== undefined;
const defined = <T extends object>(members: T): T =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;

const ofRun = (before: Item | undefined, item: Item): Told[] => {
  const [was, run] = [before as unknown as Run | undefined, item as unknown as Run];
  const { contact, journey, version: journeyVersion, id, converted, ended, about } = run;
  const of = { contact, journey, journeyVersion, run: id };
  const source = about?.source?.source;
  return [
    ...(was ? [] : [{ ...of, type: 'run-entered' as const, at: run.startedAt, source }]),
    ...(converted && isNew(was?.converted, converted)
      ? [{ ...of, type: 'run-converted' as const, at: converted.at, value: converted.value }]
      : []),
    ...(ended && isNew(was?.ended, ended)
      ? [
          {
            ...of,
            type: 'run-ended' as const,
            at: run.endedAt ?? run.startedAt,
            how: ended.how,
            step: ended.step,
          },
        ]
      : []),
  ];
};

const outcomes = { answered: 'step-answered', skipped: 'step-skipped', failed: 'step-failed' } as const;

const ofStep = (before: Item | undefined, item: Item): Told[] => {
  const step = item as unknown as StepRecord;
  const { contact, journey, version: journeyVersion, run, visit, at, outcome } = step;
  const of = { contact, journey, journeyVersion, run, step: step.step, visit };
  const type = outcome in outcomes ? outcomes[outcome as keyof typeof outcomes] : undefined;
  const isSettled = type !== undefined && (before?.outcome !== outcome || before?.branch !== step.branch);
  const { answer, branch, reason } = step;
  return [
    ...(before ? [] : [{ ...of, type: 'step-reached' as const, at }]),
    ...(isSettled
      ? [{ ...of, type, at: step.endedAt ?? at, answer, branch, reason, mark: String(branch ?? '') }]
      : []),
  ];
};

const evidence = [
  ...(['delivered', 'opened', 'clicked', 'bounced', 'complained'] as const).map(
    (was) => [`${was}At`, `message-${was}`] as const,
  ),
] as const;

const ofSend = (before: Item | undefined, item: Item): Told[] => {
  const send = item as unknown as Send;
  const { contact, journey, version: journeyVersion, run, step, visit, channel, template, status, at } = send;
  const of = { contact, journey, journeyVersion, run, step, visit, channel, template, message: send.id };
  const isSettled = status !== 'claimed' && before?.status !== status;
  return [
    ...(isSettled
      ? [{ ...of, type: `message-${status}` as const, at: send.sentAt ?? at, reason: send.reason }]
      : []),
    ...evidence
      .filter(([member]) => isNew(before?.[member], send[member]))
      .map(([member, type]) => ({ ...of, type, at: send[member] ?? at })),
  ];
};

/** An address as the name of an event is a mistake of whoever sends it, and is nobody's to read. */
const plainName = (name: string): string => (name.includes('@') ? '*' : name);

const ofEvent = (before: Item | undefined, item: Item): Told[] => {
  const event = item as unknown as ContactEvent;
  const { contact, message, type: kind, name, happenedAt: at } = event;
  if (before) return [];
  if (!message) return [{ type: 'event-stored', at, contact, kind, name: plainName(name) }];
  if (message.machine) return [];
  const of = {
    contact,
    journey: message.journey,
    run: message.run,
    step: message.step,
    channel: message.channel,
  };
  const told = { ...of, at, message: message.sendId };
  if (message.was === 'clicked' && message.link !== undefined)
    return [{ ...told, type: 'link-clicked', link: linkName(message.link), mark: event.id }];
  const isReader = message.was === 'unsubscribed' || message.was === 'replied';
  return isReader ? [{ ...told, type: `message-${message.was}` as 'message-replied', mark: event.id }] : [];
};

const isKnown = (item: Item | undefined): boolean =>
  typeof item?.createdAt === 'string' && !String(item.unsettled ?? '').startsWith('visitor#');

const ofProfile = (before: Item | undefined, item: Item): Told[] => {
  const contact = String(item.id);
  if (item.erasedAt !== undefined && before?.erasedAt === undefined)
    return [{ type: 'contact-erased', at: String(item.erasedAt), contact }];
  if (!isKnown(item) || isKnown(before)) return [];
  const source = (item.source as Touch | undefined)?.source;
  return [{ type: 'contact-known', at: String(item.createdAt), contact, source }];
};

const ofMembership = (
  before: Item | undefined,
  item: Item,
  type: 'segment-entered' | 'segment-left',
  at: string,
): Told[] =>
  type === 'segment-entered' && before
    ? []
    : [{ type, at, contact: String(item.contact), segment: String(item.segment), mark: String(item.since) }];

const toldOf = ({ before, after, at }: Change): Told[] => {
  const item = after ?? before;
  if (item?.kind === 'membership')
    return after
      ? ofMembership(before, after, 'segment-entered', String(after.since))
      : ofMembership(undefined, item, 'segment-left', at);
  if (!after) return [];
  if (after.kind === 'run') return ofRun(before, after);
  if (after.kind === 'step') return ofStep(before, after);
  if (after.kind === 'send') return ofSend(before, after);
  if (after.kind === 'event') return ofEvent(before, after);
  if (after.kind === 'profile') return ofProfile(before, after);
  if (after.kind !== 'refusal' || before) return [];
  const { contact, journey, version, reason, bornAt } = after;
  return [
    {
      ...{
        type: 'run-refused',
        at: String(bornAt ?? at),
        contact: String(contact),
        journey: String(journey),
      },
      ...{ journeyVersion: Number(version), reason: String(reason) },
    },
  ];
};

/** What other systems are told of one change; the same ids whenever it is told again. */
export const happeningsOf = (change: Change, client: string): Happening[] =>
  toldOf(change).map(({ mark = '', ...told }) => ({
    version: happeningVersion,
    id: derivedId(
      'happening',
      told.type,
      told.contact,
      told.run ?? '',
      told.step ?? '',
      told.visit ?? 0,
      told.message ?? '',
      told.segment ?? '',
      told.journey ?? '',
      told.name ?? '',
      told.at,
      mark,
    ),
    client,
    ...defined(told),
  }));

/** When a change was made. @param time seconds, as Lambda hands them over, or what a stream's own client reads */
export const madeAt = (time: unknown): string => {
  const ms =
    typeof time === 'number'
      ? time * 1000
      : Date.parse(time instanceof Date ? iso(time.getTime()) : String(time));
  return iso(Number.isNaN(ms) ? 0 : ms);
};
