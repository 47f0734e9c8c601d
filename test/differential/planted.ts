import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { WorldOptions } from '#infra/local/world-options';
import type { FunctionEntry } from '#infra/manifest';
import { wallAt } from './interpreter/calendar.ts';
import { functionsOfPlay } from './machine/play.ts';

/** Errors as somebody might make them: in what is compiled, in what is frozen, and in what runs. */
export interface PlantedError {
  error: string;
  /** Which cases could show it, by what stands in them. */
  shownBy: RegExp;
  world: WorldOptions;
}

interface State {
  Type: string;
  Next?: string;
  Default?: string;
  Choices?: { Next: string }[];
  TimeoutSeconds?: unknown;
  Catch?: { ErrorEquals: string[]; Next: string }[];
  Arguments?: { Payload?: Record<string, unknown> };
}

interface Machine {
  StartAt: string;
  States: Record<string, State>;
}

/** Step Functions refuses machines with states that nothing leads to. */
const forgetUnreachable = (machine: Machine): void => {
  const reached = new Set<string>();
  const reach = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    const next = JSON.stringify(machine.States[name]).matchAll(/"(?:Next|Default)":"((?:[^"\\]|\\.)*)"/g);
    for (const [, to] of next) reach(JSON.parse(`"${to}"`) as string);
  };
  reach(machine.StartAt);
  for (const name of Object.keys(machine.States)) if (!reached.has(name)) delete machine.States[name];
};

/** Each state of each machine is spoiled before Step Functions gets it. */
const compiledWith = (spoil: (state: State) => void): WorldOptions => ({
  intercept: (call, next) => {
    if (call.operation === 'CreateStateMachine') {
      const input = call.input as { definition: string };
      const machine = JSON.parse(input.definition) as Machine;
      for (const state of Object.values(machine.States)) spoil(state);
      forgetUnreachable(machine);
      input.definition = JSON.stringify(machine);
    }
    return next();
  },
});

const wrapped = (
  name: string,
  around: (handler: LambdaHandler, context: FunctionContext) => LambdaHandler,
): WorldOptions => ({
  manifest: functionsOfPlay.map(
    (entry): FunctionEntry =>
      entry.record.name === name
        ? {
            ...entry,
            load: async () => {
              const { createHandler } = await entry.load();
              return { createHandler: (context) => around(createHandler(context), context) };
            },
          }
        : entry,
  ),
});

interface Folder {
  ResourceProperties: { folder: { journeys: Record<string, string> } };
}

/** The machine is right, but what runs look up of their version lacks what is lost. */
const frozenWhere = (isLost: (name: string, holder: object) => boolean): WorldOptions =>
  wrapped('deploy-folder', (handler) => (event, context) => {
    const copy = structuredClone(event) as Folder;
    const { journeys } = copy.ResourceProperties.folder;
    for (const [id, text] of Object.entries(journeys)) journeys[id] = rewrite(text, isLost);
    return handler(copy, context);
  });

const rewrite = (text: string, isLost: (name: string, holder: object) => boolean): string =>
  JSON.stringify(
    JSON.parse(text, function (this: object, name, value) {
      return isLost(name, this) ? undefined : value;
    }),
  );

const frozenWithout = (lost: string): WorldOptions => frozenWhere((name) => name === lost);

/** Behind an exit that always exits nothing is reached, and the document is refused. */
const isOwnCondition = (name: string, holder: object): boolean =>
  name === 'if' && 'type' in holder && holder.type !== 'exit';

const isAnswer = ({ Choices, Default }: State): boolean =>
  Choices !== undefined && Default !== undefined && JSON.stringify(Choices).includes('Payload.answer');

const swapBranches = (state: State): void => {
  const [first] = state.Choices ?? [];
  if (!isAnswer(state) || !first) return;
  [first.Next, state.Default] = [state.Default!, first.Next];
};

const loseOtherwise = (state: State): void => {
  const timeout = state.Catch?.find(({ ErrorEquals }) => ErrorEquals.includes('States.Timeout'));
  if (timeout && state.Next) timeout.Next = state.Next;
};

const shortenDays = (state: State): void => {
  if (typeof state.TimeoutSeconds === 'number' && state.TimeoutSeconds >= 86_400)
    state.TimeoutSeconds -= 3600;
};

/** Each round of a loop is taken for the first one, except where the rounds are counted. */
const alwaysFirstVisit = wrapped('run-step', (handler) => async (event, context) => {
  const call = event as { do?: string; visit?: number };
  if (call.visit === undefined || call.do?.startsWith('goto')) return handler(event, context);
  const result = (await handler({ ...call, visit: 1 }, context)) as object;
  return { ...result, visit: call.visit };
});

const zone = 'Europe/Berlin';
const offsetAt = (ms: number): number => {
  const { year, month, day, hour, minute } = wallAt(ms, zone);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(ms / 60_000) * 60_000;
};

/** As if the clock of the moment at which the wait began went on without summer time. */
const byOffsetAtEntry = wrapped('run-step', (handler, { clock }) => async (event, context) => {
  const result = (await handler(event, context)) as { seconds?: number };
  const now = clock.now();
  const { seconds } = result;
  if (seconds === undefined || seconds < 2) return result;
  const slip = (offsetAt(now + seconds * 1000) - offsetAt(now)) / 1000;
  return { ...result, seconds: Math.max(1, seconds + slip) };
});

export const plantedErrors: readonly PlantedError[] = [
  { error: 'a swapped branch', shownBy: /"type":"(decide|split|goto)"/, world: compiledWith(swapBranches) },
  { error: 'a lost otherwise', shownBy: /"type":"waitFor"/, world: compiledWith(loseOtherwise) },
  { error: 'a day of 23 hours', shownBy: /"for":"(1|2|4) day/, world: compiledWith(shortenDays) },
  { error: 'a visit that is not counted', shownBy: /"type":"goto"/, world: alwaysFirstVisit },
  {
    error: 'a wait by the clock reckoned from the offset at its beginning',
    shownBy: /"until":\{"time"/,
    world: byOffsetAtEntry,
  },
  { error: 'a lost exit rule', shownBy: /"exit":\[/, world: frozenWithout('exit') },
  { error: 'a lost goal', shownBy: /"goal":\{/, world: frozenWithout('goal') },
  { error: 'a cap that is not counted', shownBy: /"cap":\{/, world: frozenWithout('cap') },
  { error: 'quiet hours that are not kept', shownBy: /"quietHours":\{/, world: frozenWithout('quietHours') },
  { error: 'a holdout that is sent to', shownBy: /"holdout":true/, world: frozenWithout('holdout') },
  { error: 'a split that does not stick', shownBy: /"sticky":true/, world: frozenWithout('sticky') },
  {
    error: 'a step that forgets its condition',
    shownBy: /"if":/,
    world: frozenWhere(isOwnCondition),
  },
  { error: 'a wait that hears what came before it', shownBy: /"since":"/, world: frozenWithout('since') },
  { error: 'a key that is overlooked', shownBy: /"key":"/, world: frozenWithout('key') },
  { error: 'a rule of coming again that is forgotten', shownBy: /"again":/, world: frozenWithout('again') },
  { error: 'a class that is forgotten', shownBy: /"class":"transactional"/, world: frozenWithout('class') },
];
