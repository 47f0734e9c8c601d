import type { State } from './asl.ts';
import { skipped } from './form.ts';
import { isLooped, mayLastLonger, mayOutlive } from './lifetime.ts';
import { createStateNames, joinNames, plainText, type StateNames } from './names.ts';
import type { Plan, PlanNode } from './plan.ts';
import { fallbackOf, fixedSeconds, mergedWait, nodeOf, onlyTarget, rulesOf, waitAfter } from './routes.ts';
import { entryState, type Holdable, sharedStates } from './shared-states.ts';
import {
  type Ask,
  answerState,
  completedState,
  currentVisit,
  exitState,
  jumpLearns,
  reckonedSeconds,
  taskState,
  waitState,
} from './states.ts';

/** States a node may need: its own, the choice after its answer, a wait once reckoned, the leaf of an exit that asked. */
type Part = 'own' | 'answer' | 'wait' | 'exit';
const suffixes: Record<Part, string> = { own: '', answer: ' →', wait: ' (until then)', exit: ' (exit)' };

/** Which words a node gives to its states. */
export type Naming = (plan: Plan, node: PlanNode) => string;

export const byAuthor: Naming = (plan, node) => {
  const wait = mergedWait(plan, node);
  return wait ? joinNames(node.name, wait.name) : node.name;
};
export const byId: Naming = (_plan, node) => (node.kind === 'end' ? node.name : node.id);

interface Draft {
  plan: Plan;
  runStep: string;
  nameOf(node: PlanNode, part: Part): string;
  aside: string;
  resume: string;
  /** Steps may be visited more than once. */
  looped: boolean;
  /** Its runs may go on in another execution. */
  outlives: boolean;
  /** States that others lead to, by name. A state that no one leads to is never written. */
  asked: Map<string, { node: PlanNode; part: Part }>;
}

export const writeStates = (
  plan: Plan,
  runStep: string,
  naming: Naming,
): { start: string; states: [string, State][] } => {
  const names = createStateNames();
  const nameOf = (node: PlanNode, part: Part) =>
    names.claim(`${node.id} ${part}`, naming(plan, node), node.id, suffixes[part]);
  // The authors' names are given first, so that ours give way to them.
  for (const node of plan.nodes.values()) nameOf(node, 'own');
  const draft: Draft = {
    ...{ plan, runStep, nameOf, aside: shared(names, 'Aside'), resume: shared(names, 'Resume') },
    ...{ looped: isLooped(plan), outlives: mayOutlive(plan), asked: new Map() },
  };
  const first = enter(draft, plan.start);
  for (const node of waitsToEnter(draft)) enter(draft, node.id);
  const written = new Map<string, State>();
  // A Map also visits what is added during the visit.
  for (const [name, { node, part }] of draft.asked) written.set(name, writers[part](draft, node));
  const states = inOrder(draft, written);
  const rare = rareStates(draft, names, states);
  if (!draft.outlives) return { start: first, states: [...states, ...rare] };
  const start = shared(names, 'Start');
  return { start, states: [[start, entryState(first, draft, draft.looped)], ...states, ...rare] };
};

/** Whose execution may end while they last: the rest of them is waited for in the next one. */
const waitsToEnter = ({ plan, outlives }: Draft): PlanNode[] =>
  outlives ? [...plan.nodes.values()].filter((node) => node.kind === 'wait' && mayLastLonger(node)) : [];

const asked = ({ looped }: Draft, ask: Ask): Ask => ({ ...ask, ...(looped && { visit: currentVisit }) });

const shared = (names: StateNames, name: string): string => names.claim(`#${name}`, name, 'Wayleaf');

const ask = (draft: Draft, node: PlanNode, part: Part): string => {
  const name = draft.nameOf(node, part);
  if (!draft.asked.has(name)) draft.asked.set(name, { node, part });
  return name;
};

const enter = (draft: Draft, id: string): string => ask(draft, nodeOf(draft.plan, id), 'own');

const ownState = (draft: Draft, node: PlanNode): State => {
  if (node.kind === 'end') return completedState;
  if (node.kind === 'exit' && node.edges.length === 0) return exitLeaf(draft, node);
  if (node.form.jump) return jumpState(draft, node);
  if (node.kind === 'action') return actionState(draft, node);
  if (node.kind === 'wait') return ownWait(draft, node);
  return taskState(draft.runStep, asked(draft, { do: node.id }), {
    next: routed(draft, node),
    aside: draft.aside,
  });
};

const actionState = (draft: Draft, node: PlanNode): State => {
  const { plan, runStep, aside } = draft;
  const wait = waitAfter(plan, node);
  const seconds = wait && fixedSeconds(wait);
  if (wait && seconds !== undefined)
    return waitState(runStep, asked(draft, { do: node.id, wait: wait.id }), seconds, waitRoute(draft, wait));
  if (wait)
    return taskState(runStep, asked(draft, { do: node.id, due: wait.id }), {
      next: ask(draft, wait, 'wait'),
      aside,
    });
  const next = nodeOf(plan, fallbackOf(node));
  return taskState(runStep, asked(draft, { do: node.id }), {
    aside,
    ...(next.kind !== 'end' && { next: enter(draft, next.id) }),
  });
};

/** Answer 0 takes it, any other goes on after it. */
const jumpState = (draft: Draft, node: PlanNode): State =>
  taskState(
    draft.runStep,
    asked(draft, { do: node.id }),
    { next: routed(draft, node), aside: draft.aside },
    jumpLearns,
  );

const ownWait = (draft: Draft, node: PlanNode): State => {
  const { runStep, aside } = draft;
  const seconds = fixedSeconds(node);
  const act = node.form.acts && { do: node.id };
  if (seconds === undefined)
    return taskState(runStep, asked(draft, { ...act, due: node.id }), {
      next: ask(draft, node, 'wait'),
      aside,
    });
  return waitState(runStep, asked(draft, { ...act, wait: node.id }), seconds, waitRoute(draft, node));
};

const reckonedWait = (draft: Draft, node: PlanNode): State =>
  waitState(draft.runStep, asked(draft, { wait: node.id }), reckonedSeconds, waitRoute(draft, node));

const waitRoute = (draft: Draft, wait: PlanNode) => ({
  next: routed(draft, wait),
  timeout: enter(draft, fallbackOf(wait)),
  aside: draft.aside,
});

const routed = (draft: Draft, node: PlanNode): string => {
  const only = node.kind === 'exit' ? undefined : onlyTarget(node);
  return only === undefined ? ask(draft, node, 'answer') : enter(draft, only);
};

const answerChoice = (draft: Draft, node: PlanNode): State => {
  const rules = node.kind === 'exit' ? skipRule(node) : rulesOf(node);
  const fallback = node.kind === 'exit' ? ask(draft, node, 'exit') : enter(draft, fallbackOf(node));
  return answerState(
    rules.map(({ index, to }) => ({ index, next: enter(draft, to) })),
    fallback,
  );
};

const skipRule = (node: PlanNode) => node.edges.map(({ to }) => ({ index: skipped, to }));

const exitLeaf = (_draft: Draft, node: PlanNode): State =>
  exitState(node.id, node.form.as && plainText(node.form.as));

const writers: Record<Part, (draft: Draft, node: PlanNode) => State> = {
  own: ownState,
  answer: answerChoice,
  wait: reckonedWait,
  exit: exitLeaf,
};

/** States in the order of the document, so that a reviewer finds them. */
const inOrder = (draft: Draft, written: Map<string, State>): [string, State][] => {
  const parts = Object.keys(writers);
  const positions = new Map([...draft.plan.nodes.keys()].map((id, i) => [id, i * parts.length]));
  const position = ({ node, part }: { node: PlanNode; part: Part }) =>
    (positions.get(node.id) ?? 0) + parts.indexOf(part);
  return [...draft.asked]
    .sort(([, a], [, b]) => position(a) - position(b))
    .map(([name]) => [name, written.get(name) as State]);
};

/** Where errors go. A machine without tasks has none. */
const rareStates = (
  draft: Draft,
  names: StateNames,
  states: readonly [string, State][],
): [string, State][] => {
  if (!states.some(([, { Type }]) => Type === 'Task')) return [];
  const name = (text: string) => shared(names, text);
  const own = {
    aside: draft.aside,
    hold: name('Hold'),
    resume: draft.resume,
    ended: name('Ended'),
    failed: name('Failed'),
  };
  const resumable = draft.outlives ? ownWaits(draft) : [];
  return sharedStates(own, draft.runStep, states.flatMap(holdableOf), { resumable, looped: draft.looped });
};

/** Waits with a state of their own: a run that is continued before one begins goes on there. */
const ownWaits = (draft: Draft): Holdable[] =>
  [...draft.plan.nodes.values()]
    .filter(({ kind, form }) => kind === 'wait' && !form.acts)
    .map((node) => ({ step: node.id, state: draft.nameOf(node, 'own') }))
    .filter(({ state }) => draft.asked.has(state));

/** A hold comes back to the state that performs the step. */
const holdableOf = ([name, state]: [string, State]): Holdable[] =>
  state.Type === 'Task' && state.Arguments.Payload.do
    ? [{ step: state.Arguments.Payload.do, state: name }]
    : [];
