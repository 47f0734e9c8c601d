import type { Run } from '#model/run';
import { goalValue, isWithinGoal } from '#policy/journeys/goal';
import { isHeard, type Trigger } from '#policy/journeys/match';
import type { ExitRule, Goal, Step } from '#statemachines/document/schema';
import { convertRun, type Entry, readRun, readRuns } from '#store/runs/runs';
import { watchRun } from '#store/runs/watches';
import { sceneOf } from '../running/scene.ts';
import { answerIfHeard } from '../running/waits/wait-step.ts';
import type { Services } from '../services.ts';
import { BrokenVersion, type FrozenVersion } from '../versions.ts';
import { endNow, leaveWait } from './end.ts';
import type { HeardEvent } from './heard.ts';
import { judgement } from './judge.ts';

/** Most of what mailboxes report moves no run: then not even the contact is read. */
export const maySay = async (
  services: Services,
  event: HeardEvent['event'],
  id: string,
): Promise<boolean> => {
  const run = await readRun(services.store, id);
  const version = run && (await knownVersion(services, run.journey, run.version));
  const heard = { event, change: undefined };
  return version !== undefined && mayConcern(heard, version, { run: id, isActive: run?.status !== 'ended' });
};

/** What a mailbox or a colleague tells of one run, and nothing else about the contact, only that run hears. */
export const listenOne = async (services: Services, heard: HeardEvent, id: string): Promise<void> => {
  const run = await readRun(services.store, id);
  if (run && concerns(heard, run)) await listenRun(services, heard, run);
};

/** The contact's runs hear an event: it may be a goal, end them, or answer what they wait for. True when one ended. */
export const listenRuns = async (
  services: Services,
  heard: HeardEvent,
  entries: readonly Entry[],
): Promise<boolean> => {
  let hasEnded = false;
  for (const run of await readRuns(services.store, await runsToHear(services, heard, entries)))
    if (concerns(heard, run)) hasEnded = (await listenRun(services, heard, run)) || hasEnded;
  return hasEnded;
};

/** Not the event that started it, nor one from before. */
const concerns = ({ event }: HeardEvent, run: Run): boolean =>
  event.id !== run.trigger.id && event.at >= run.startedAt;

/**
 * Runs to which this event may mean something: those that go on, and the last one of a journey, whose
 * goal may still be reached. Most events mean nothing to most runs, and cost them no read.
 */
const runsToHear = async (
  services: Services,
  heard: HeardEvent,
  entries: readonly Entry[],
): Promise<string[]> => {
  const runs = entries.map(async ({ activeRun, lastRun, lastVersion, endedBy, journey }) => {
    const run = activeRun ?? lastRun;
    // Delivered again: whoever ended the run may have fallen before its machine was told.
    if (endedBy === heard.event.id) return [run];
    const version = await knownVersion(services, journey, lastVersion);
    return version && mayConcern(heard, version, { run, isActive: activeRun !== undefined }) ? [run] : [];
  });
  return (await Promise.all(runs)).flat();
};

const mayConcern = (
  heard: Hearable,
  { document, listensTo }: FrozenVersion,
  { run, isActive }: { run: string; isActive: boolean },
): boolean =>
  listensTo.some((on) => hears(on, heard, { journey: document.id, id: run })) ||
  (isActive && (heard.event.task?.run === run || (document.exit ?? []).some(({ on }) => !on)));

/** An event whose change is not known, or has none, is heard by what it says itself. */
type Hearable = Pick<HeardEvent, 'event'> & { change?: HeardEvent['change'] | undefined };

const hears = (on: Trigger, { event, change }: Hearable, run: { journey: string; id: string }): boolean =>
  isHeard(on, { event, change, journey: run.journey, run: run.id });

/** A version that cannot be read stops its own runs when they are called, not the events of their contacts. */
const knownVersion = async (
  services: Services,
  journey: string,
  version: number,
): Promise<FrozenVersion | undefined> => {
  try {
    return await services.versions.get(journey, version);
  } catch (error) {
    if (!(error instanceof BrokenVersion)) throw error;
    services.context.log.error('version-broken', { journey, version, message: error.message });
    return undefined;
  }
};

/** True when the run ended now. */
const listenRun = async (services: Services, heard: HeardEvent, run: Run): Promise<boolean> => {
  const version = await knownVersion(services, run.journey, run.version);
  if (!version) return false;
  const { goal, exit = [] } = version.document;
  if (run.status === 'ended') return hearAfterEnd(services, heard, run, goal);
  if (goal && (await reachGoal(services, heard, run, goal))) return true;
  if (await leaveByRule(services, heard, run, exit)) return true;
  await answerWait(services, heard, run, version);
  return false;
};

const isReached = (heard: HeardEvent, run: Run, goal: Goal | undefined): goal is Goal =>
  goal !== undefined &&
  hears(goal.on, heard, run) &&
  isWithinGoal(goal, run.startedAt, Date.parse(heard.event.at));

const conversionOf = ({ event }: HeardEvent, goal: Goal): NonNullable<Run['converted']> => {
  const value = goalValue(goal, event);
  return { at: event.at, ...(value === undefined ? {} : { value }) };
};

const hearAfterEnd = async (services: Services, heard: HeardEvent, run: Run, goal: Goal | undefined) => {
  if (run.ended?.by === heard.event.id)
    await leaveWait(services, run, { how: run.ended.how, endedAt: run.endedAt ?? heard.event.at });
  else if (!run.converted && isReached(heard, run, goal))
    await convertRun(services.store, run.id, conversionOf(heard, goal));
  return false;
};

/** True when the run ended by it. */
const reachGoal = async (services: Services, heard: HeardEvent, run: Run, goal: Goal): Promise<boolean> => {
  if (!isReached(heard, run, goal)) return false;
  const converted = run.converted ?? conversionOf(heard, goal);
  if (goal.exit !== false) {
    const ended = { how: 'goal' as const, by: heard.event.id, ...(run.wait && { step: run.wait.step }) };
    return endNow(services, run, { ended, converted });
  }
  if (!run.converted) await convertRun(services.store, run.id, converted);
  return false;
};

const leaveByRule = async (services: Services, heard: HeardEvent, run: Run, rules: readonly ExitRule[]) => {
  for (const { on, if: condition } of rules) {
    if (on && !hears(on, heard, run)) continue;
    const { holds, next } = await judgement(services, condition, heard, { run, besideOn: on !== undefined });
    if (!holds) {
      if (!on) await watchUntil(services, run, next());
      continue;
    }
    const ended = { how: 'exited' as const, by: heard.event.id, ...(run.wait && { step: run.wait.step }) };
    return endNow(services, run, { ended });
  }
  return false;
};

const watchUntil = async ({ store }: Services, { id }: Run, next: number | undefined): Promise<void> => {
  if (next !== undefined) await watchRun(store, id, next);
};

/** Only what might answer is worth reading the history for. */
const answerWait = async (
  services: Services,
  heard: HeardEvent,
  run: Run,
  version: FrozenVersion,
): Promise<void> => {
  const { wait } = run;
  if (!wait || (wait.kind !== 'waitFor' && wait.kind !== 'task')) return;
  const step = version.step(wait.step);
  if (!mayAnswer(heard, run, step)) return;
  const scene = await sceneOf(services, run, heard.contact, wait.visit);
  await answerIfHeard(services, scene, step, { token: wait.token, heardAt: heard.event.at });
};

const mayAnswer = (heard: HeardEvent, run: Run, step: Step): boolean => {
  const { task } = heard.event;
  if (task) return task.run === run.id && task.step === step.id;
  const branches = 'branches' in step ? (step.branches ?? []) : [];
  return branches.some((branch) => 'on' in branch && hears(branch.on as Trigger, heard, run));
};
