import { iso } from '#kernel/clock';
import { derivedId } from '#kernel/ids';
import { type Happening, happeningVersion } from '#model/happening';
import { linkName } from '#policy/reports/names';
import { type Counted, ofKind } from './counted.ts';
import type { Change } from './entries.ts';

/** What happened, before it is known to whom it is told. `mark` keeps apart what may happen again. */
type Told = Pick<Happening, 'type' | 'at' | 'contact'> & Partial<Happening> & { mark?: string };

const isNew = (before: unknown, after: unknown): boolean => before === undefined && after !== undefined;
const defined = <T extends object>(members: T): T =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;

const ofRun = (was: Counted<'run'> | undefined, run: Counted<'run'>): Told[] => {
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

const ofStep = (before: Counted<'step'> | undefined, step: Counted<'step'>): Told[] => {
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

const ofSend = (before: Counted<'send'> | undefined, send: Counted<'send'>): Told[] => {
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

const ofEvent = (before: Counted<'event'> | undefined, event: Counted<'event'>): Told[] => {
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

const isKnown = (item: Counted<'profile'> | undefined): item is Counted<'profile'> & { createdAt: string } =>
  item?.createdAt !== undefined && item.unsettled?.startsWith('visitor#') !== true;

const ofProfile = (before: Counted<'profile'> | undefined, profile: Counted<'profile'>): Told[] => {
  const { id: contact, erasedAt, source } = profile;
  if (erasedAt !== undefined && before?.erasedAt === undefined)
    return [{ type: 'contact-erased', at: erasedAt, contact }];
  if (!isKnown(profile) || isKnown(before)) return [];
  return [{ type: 'contact-known', at: profile.createdAt, contact, source: source?.source }];
};

const ofMembership = (
  type: 'segment-entered' | 'segment-left',
  { contact, segment, since }: Counted<'membership'>,
  at: string,
): Told[] => [{ type, at, contact, segment, mark: since }];

const ofRefusal = ({ contact, journey, version, reason, bornAt }: Counted<'refusal'>, at: string): Told[] => [
  { type: 'run-refused', at: bornAt ?? at, contact, journey, journeyVersion: version, reason },
];

const toldOf = ({ before, after, at }: Change): Told[] => {
  if (!after) return before?.kind === 'membership' ? ofMembership('segment-left', before, at) : [];
  switch (after.kind) {
    case 'run':
      return ofRun(ofKind('run', before), after);
    case 'step':
      return ofStep(ofKind('step', before), after);
    case 'send':
      return ofSend(ofKind('send', before), after);
    case 'event':
      return ofEvent(ofKind('event', before), after);
    case 'profile':
      return ofProfile(ofKind('profile', before), after);
    case 'membership':
      return before ? [] : ofMembership('segment-entered', after, after.since);
    case 'refusal':
      return before ? [] : ofRefusal(after, at);
    default:
      return [];
  }
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
