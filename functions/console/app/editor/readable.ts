import { createPlan } from '#statemachines/compile/plan';
import type { Journey, Step } from '#statemachines/document/schema';
import { cardWords, rootWords } from '#statemachines/picture/words';
import { words } from '../words/words.ts';

type Json = Record<string, unknown>;

export interface Readable {
  journey: Journey;
  /** Pointer of each step in the text, to what it is called in the tree. */
  steps: Map<string, string>;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A tree of whatever can be read: a step that is broken stands in its place and says so. */
export const readableJourney = (value: unknown): Readable | undefined => {
  if (!isObject(value) || !Array.isArray(value.steps)) return undefined;
  const steps = new Map<string, string>();
  const named = nameSteps(value.steps, '/steps', steps);
  const known = new Set(steps.values());
  return { journey: withHead(value, keepReadable(named, known)), steps };
};

/** Every step gets an id of its own, without which no tree can be drawn. */
const nameSteps = (raw: unknown, path: string, taken: Map<string, string>): Json[] =>
  Array.isArray(raw) ? raw.map((one, i) => nameStep(one, `${path}/${i}`, taken)) : [];

const nameStep = (raw: unknown, path: string, taken: Map<string, string>): Json => {
  const step = isObject(raw) ? raw : {};
  const id = freeId(step.id, new Set(taken.values()));
  taken.set(path, id);
  return { ...withInner(step, (inner, at) => nameSteps(inner, path + at, taken)), id };
};

const freeId = (wanted: unknown, taken: ReadonlySet<string>): string => {
  const base = typeof wanted === 'string' && /^[a-z][a-z0-9-]{0,47}$/.test(wanted) ? wanted : 'step';
  let id = base;
  for (let n = 2; taken.has(id); n++) id = `${base.slice(0, 42)}-${n}`;
  return id;
};

/** A step whose sequences are others; what holds none stays as it is. */
const withInner = (step: Json, change: (steps: unknown, at: string) => unknown): Json => {
  const within = (holder: unknown, at: string): unknown =>
    isObject(holder) ? { ...holder, steps: change(holder.steps, `${at}/steps`) } : holder;
  const listed = (name: string) => {
    const list = step[name];
    return Array.isArray(list) ? { [name]: list.map((one, i) => within(one, `/${name}/${i}`)) } : {};
  };
  return {
    ...step,
    ...listed('branches'),
    ...listed('arms'),
    ...(isObject(step.otherwise) ? { otherwise: within(step.otherwise, '/otherwise') } : {}),
  };
};

const keepReadable = (steps: unknown, known: ReadonlySet<string>): Step[] =>
  (steps as Json[]).map((step) => {
    const inner = withInner(step, (within) => keepReadable(within, known));
    return canBeDrawn(inner, known) ? (inner as unknown as Step) : substitute(step);
  });

const empty: Journey = { wayleaf: 1, id: 'x', name: '–', enter: { on: [] }, steps: [] };

/** What draws it says whether it can be drawn; jumps, whose targets stand elsewhere, are looked at by themselves. */
const canBeDrawn = (step: Json, known: ReadonlySet<string>): boolean => {
  if (step.type === 'goto') return known.has(String(step.step));
  const alone = withInner(step, () => []) as unknown as Step;
  try {
    for (const node of createPlan({ ...empty, steps: [alone] }).steps) cardWords(node);
    return true;
  } catch {
    return false;
  }
};

const substitute = ({ id, type }: Json): Step => {
  const name =
    typeof type === 'string'
      ? words.journeys.edit.unreadable(type.slice(0, 40))
      : words.journeys.edit.unreadableStep;
  return { id: String(id), type: 'update', name };
};

const withHead = (value: Json, steps: Step[]): Journey => {
  const name = typeof value.name === 'string' ? value.name : empty.name;
  const whole = { ...value, name, steps } as unknown as Journey;
  try {
    rootWords(whole);
    return whole;
  } catch {
    return { ...empty, name, steps };
  }
};

/** The step that a place in the text belongs to; undefined where it is the journey's own. */
export const stepAt = (steps: ReadonlyMap<string, string>, pointer: string): string | undefined => {
  for (let path = pointer; path !== ''; path = path.slice(0, path.lastIndexOf('/'))) {
    const id = steps.get(path);
    if (id !== undefined) return id;
  }
  return undefined;
};
