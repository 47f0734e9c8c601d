import { describeDate } from '#conditions/describe';
import { sentIdOf } from '#kernel/ids';
import type { ContactChange, ContactEvent } from '#model/event';
import type { Run, StepRecord } from '#model/run';
import type { Send } from '#model/send';
import type { HistoryItem } from '#store/contacts/events';

/** One line of a contact's history, for people and programs. */
export interface TimelineEntry {
  at: string;
  kind: HistoryItem['kind'];
  id: string;
  /** A sentence. */
  text: string;
  journey?: string;
  run?: string;
  step?: string;
  /** The facts behind the sentence. */
  details: Record<string, unknown>;
}

const quoted = (text: string | undefined): string => (text === undefined ? '' : ` "${text}"`);

const eventText = (event: ContactEvent): string => {
  const { type, name, message, task, properties } = event;
  if (message) return messageText(message);
  if (task) return `Colleague answered${quoted(task.outcome)} to ${task.step}`;
  if (type === 'form')
    return `Form ${name} ${event.consent?.some(({ confirms }) => confirms) ? 'confirmed by a click in a mail' : 'sent'}`;
  if (type === 'page' || type === 'screen') return `${name}${quoted(textOf(properties.name))}`;
  if (type === 'manual') return `Enrolled in ${name} by ${whoEnrolled(event)}`;
  if (type === 'date') return `${dateText(name, properties)} has come`;
  if (type === 'identity') return identityText(event);
  return type === 'change' ? changeText(event) : name;
};
const identityText = ({ name, properties: { kind, claimed, refused, contact } }: ContactEvent): string => {
  if (name === 'Contacts Merged') return `Merged with contact ${contact}`;
  if (name !== 'Identity Conflict') return name;
  if (refused) return `Address change asked by a public key: the ${kind} stays as it was`;
  return claimed
    ? `Named the ${kind} of contact ${contact}; they stay two`
    : `Contact ${contact} named this ${kind}; they stay two`;
};
const whoEnrolled = ({ handedBy, enrolment }: ContactEvent): string =>
  handedBy ? `step ${handedBy.step}` : enrolment ? `hand, with segment ${enrolment.segment}` : 'hand';
const dateText = (date: string, { offset, at }: Record<string, unknown>): string =>
  describeDate({ date, offset: textOf(offset), at: textOf(at) });
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const messageText = ({
  channel,
  was,
  step,
  link,
  machine,
  bounce,
}: NonNullable<ContactEvent['message']>): string =>
  `${channel} ${step} was ${was}${bounce ? ` (${bounce})` : ''}${link ? `: ${link}` : ''}${machine ? ' by a program' : ''}`;

/** Our own steps sign with the run and the step; only the step means something to people. */
const whoChanged = (by: string): string =>
  by.startsWith('import:') ? 'an import' : by.replace(/^[0-9a-z]{20}-[0-9a-z]{20}\./, 'step ');

const leftOutText = ({ leftOut = [] }: ContactEvent): string =>
  leftOut.length === 0 ? '' : `, left out: ${leftOut.join(', ')} (a web address, or too long)`;

const scoreText = (added: number): string[] => {
  const points = Math.round(added * 100) / 100;
  return points === 0 ? [] : [`score ${points > 0 ? '+' : ''}${points}`];
};
const isAddress = (name: string): boolean => name === 'email' || name === 'phone';

const stageRefused = ({ refusedStage }: ContactChange): string[] =>
  refusedStage === undefined ? [] : [`stage ${refusedStage} not allowed`];

/** What the event gave, and what it could not give; a change says so itself. */
const came = ({ type, applied }: ContactEvent & { applied?: ContactChange }): string => {
  if (type === 'change' || !applied) return '';
  const { scoreAdded = 0, noRoom = [] } = applied;
  return [...scoreText(scoreAdded), ...noRoom.map((what) => `no room for ${what}`), ...stageRefused(applied)]
    .map((text) => `, ${text}`)
    .join('');
};

const changeText = ({ change }: ContactEvent): string => {
  if (!change) return 'Contact changed';
  const parts = [
    ...change.fields.map((name) => (isAddress(name) ? `${name} address changed` : `field ${name}`)),
    ...change.tagsAdded.map((tag) => `tag +${tag}`),
    ...change.tagsRemoved.map((tag) => `tag -${tag}`),
    ...scoreText(change.scoreAdded),
    ...(change.stage ? [`stage ${change.stage.to}`] : []),
    ...stageRefused(change),
    ...change.consent.map(({ key, given }) => `consent ${key} ${given ? 'given' : 'taken back'}`),
    ...(change.consentEnded ?? []).map((key) => `consent ${key} ended with its address`),
    ...change.suppressed.map((channel) => `${channel} suppressed`),
    ...change.segmentsEntered.map((id) => `segment +${id}`),
    ...change.segmentsLeft.map((id) => `segment -${id}`),
  ];
  if (change.by === 'time' && parts.length === 0) return 'Time passed';
  if (change.by === 'segment' && parts.length === 0) return 'A segment was written anew';
  return `Contact changed by ${whoChanged(change.by)}: ${parts.join(', ') || 'nothing'}`;
};

const runText = ({ journey, version }: Run): string => `Journey ${journey} (version ${version}) started`;

const runEnd = ({ journey, version, ended, endedAt }: Run): Ending[] => {
  if (!ended || !endedAt) return [];
  const where = `${ended.as ? ` as ${ended.as}` : ''}${ended.step ? ` at ${ended.step}` : ''}`;
  return [{ at: endedAt, text: `Journey ${journey} (version ${version}) ended: ${ended.how}${where}` }];
};

const stepText = ({ step, type, outcome, answer, reason }: StepRecord): string =>
  `${type} ${step} ${outcome}${quoted(answer)}${reason ? ` (${reason})` : ''}`;

/** A wait begins at one time and is over at another; what it came to stands where it was over. */
const stepBegin = (record: StepRecord): string =>
  isOverLater(record) ? `${record.type} ${record.step} waits` : stepText(record);
const stepEnd = (record: StepRecord): Ending[] =>
  isOverLater(record) ? [{ at: record.endedAt, text: stepText(record) }] : [];
const isOverLater = (record: StepRecord): record is StepRecord & { endedAt: string } =>
  record.endedAt !== undefined && record.endedAt !== record.at;

/** What a run or a wait came to, at its own time. */
interface Ending {
  at: string;
  text: string;
}

/** A message that has to wait is nowhere else yet: without this line it looks lost. */
const runHold = ({ wait, status }: Run): Ending[] => {
  if (wait?.kind !== 'hold' || status !== 'active') return [];
  const { step, since, until, reason = 'held' } = wait;
  // A pause ends when somebody resumes it, not at the time at which the run looks again by itself.
  const end = reason.startsWith('paused') ? '' : ` until ${until.slice(0, 10)} ${until.slice(11, 16)} UTC`;
  return [{ at: since, text: `${step} is held${end} (${reason})` }];
};

const endingOf = (item: HistoryItem): Ending[] =>
  item.kind === 'run' ? runEnd(item) : item.kind === 'step' ? stepEnd(item) : [];

const sendText = (send: Send): string =>
  `${send.channel} ${send.step} ${send.status}${because(send)}${quoted(send.subject)}${cameTo(send)}`;

const because = ({ reason, missing }: Send): string =>
  reason === undefined ? '' : ` (${missing === undefined ? reason : `${reason}: ${missing}`})`;

const cameTo = ({ deliveredAt, openedAt, clickedAt }: Send): string =>
  clickedAt ? ', clicked' : openedAt ? ', opened' : deliveredAt ? ', delivered' : '';

const describe = (item: HistoryItem): Pick<TimelineEntry, 'id' | 'text'> => {
  switch (item.kind) {
    case 'event':
      return { id: sentIdOf(item.id), text: eventText(item) + came(item) + leftOutText(item) };
    case 'run':
      return { id: item.id, text: runText(item) };
    case 'step':
      return { id: `${item.run}/${item.step}/${item.visit}`, text: stepBegin(item) };
    case 'send':
      return { id: item.id, text: sendText(item) };
  }
};

const placeOf = (item: HistoryItem): Pick<TimelineEntry, 'journey' | 'run' | 'step'> => {
  if (item.kind === 'run') return { journey: item.journey, run: item.id };
  if (item.kind === 'event') {
    const { journey, run, step } = { ...item.task, ...item.message };
    return { ...(journey ? { journey } : {}), ...(run ? { run } : {}), ...(step ? { step } : {}) };
  }
  return { journey: item.journey, run: item.run, step: item.step };
};

/** Tokens resume executions and owners fence claims: neither is anybody's business. */
const detailsOf = (item: HistoryItem): Record<string, unknown> => {
  const { kind: _, at: __, contact: ___, ...details } = item as unknown as Record<string, unknown>;
  if (item.kind === 'event') return { ...details, id: sentIdOf(item.id) };
  const { wait, owner, ...others } = details;
  if (typeof wait !== 'object' || wait === null) return others;
  const { token, ...shown } = wait as Record<string, unknown>;
  return { ...others, wait: shown };
};

const happenedAt = (item: HistoryItem): string => (item.kind === 'event' ? item.happenedAt : item.at);

/** Events of one batch are stored at one time; what happened first stands first. */
const inOrder = (a: HistoryItem, b: HistoryItem): number =>
  a.at === b.at ? happenedAt(a).localeCompare(happenedAt(b)) : a.at.localeCompare(b.at);

export const describeHistory = (items: readonly HistoryItem[]): TimelineEntry[] =>
  [...items]
    .sort(inOrder)
    .flatMap(entriesOf)
    .sort((a, b) => a.at.localeCompare(b.at));

const entriesOf = (item: HistoryItem): TimelineEntry[] => {
  const begin = {
    at: item.at,
    kind: item.kind,
    ...describe(item),
    ...placeOf(item),
    details: detailsOf(item),
  };
  const ends = endingOf(item).map((ending) => ({ ...begin, ...ending, id: `${begin.id}/end` }));
  const holds = item.kind === 'run' ? runHold(item) : [];
  return [begin, ...holds.map((hold) => ({ ...begin, ...hold, id: `${begin.id}/hold` })), ...ends];
};
