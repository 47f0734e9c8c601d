import type { JourneyVersion } from '#model/journey';
import type { Trigger } from '#policy/journeys/match';
import { entryMark } from '#statemachines/compile/shared-states';
import { readChecked } from '#statemachines/document/checked';
import type { Journey, Step } from '#statemachines/document/schema';
import { allSteps, heldOutSteps } from '#statemachines/steps/sequences';
import { readVersion } from '#store/catalogue/journeys';
import type { Store } from '#store/store';

/** A published version as runs need it. Never changes, so it is kept for the life of the function. */
export interface FrozenVersion {
  document: Journey;
  templates: JourneyVersion['templates'];
  versionArn: string;
  step(id: string): Step;
  /** In an arm that is held out: what it would send is counted, and not sent. */
  isHeldOut(id: string): boolean;
  /** Steps that look for a winner among their arms. */
  tests: readonly Step[];
  /** Number of its steps. */
  size: number;
  /** Its machine has an entry for runs that go on in another execution. */
  continues: boolean;
  /** Everything that a run of it may hear: goal, exit rules, branches of waits. */
  listensTo: readonly Trigger[];
}

/** The run cannot go on, now or ever: its machine ends as failed, and a person looks at it. */
export class BrokenVersion extends Error {
  override readonly name = 'BrokenVersion';
}

export interface Versions {
  get(journey: string, version: number): Promise<FrozenVersion>;
}

/** Versions of up to 1 MB each; a function rarely meets more journeys than this. */
const kept = 50;

export const createVersions = (store: Store): Versions => {
  const known = new Map<string, Promise<FrozenVersion>>();
  return {
    get(journey, version) {
      const name = `${journey}#${version}`;
      const found = known.get(name) ?? load(store, journey, version);
      known.delete(name);
      known.set(name, found);
      if (known.size > kept) known.delete(known.keys().next().value!);
      found.catch(() => known.delete(name));
      return found;
    },
  };
};

const load = async (store: Store, journey: string, version: number): Promise<FrozenVersion> => {
  const found = await readVersion(store, journey, version);
  if (!found) throw new BrokenVersion(`version ${version} of journey "${journey}" is not in the catalogue`);
  return freeze(found);
};

/** The text was checked before it was published; it is not checked by today's rules again. */
const freeze = ({
  journey,
  version,
  document: text,
  templates,
  versionArn,
  asl,
}: JourneyVersion): FrozenVersion => {
  const document = parse(text, journey, version);
  const steps = new Map(allSteps(document.steps).map((step) => [step.id, step]));
  const heldOut = heldOutSteps(document.steps);
  return {
    document,
    templates,
    versionArn,
    isHeldOut: (id) => heldOut.has(id),
    tests: [...steps.values()].filter((step) => 'winner' in step && step.winner !== undefined),
    size: steps.size,
    continues: asl.includes(entryMark),
    listensTo: triggersIn(document, steps.values()),
    step(id) {
      const step = steps.get(id);
      if (!step) throw new BrokenVersion(`version ${version} of journey "${journey}" has no step "${id}"`);
      return step;
    },
  };
};

const parse = (text: string, journey: string, version: number): Journey => {
  try {
    const document = readChecked(text);
    if (Array.isArray(document.steps)) return document;
  } catch (cause) {
    throw new BrokenVersion(`version ${version} of journey "${journey}" is no JSON`, { cause });
  }
  throw new BrokenVersion(`version ${version} of journey "${journey}" has no steps`);
};

const triggersIn = ({ goal, exit = [] }: Journey, steps: Iterable<Step>): Trigger[] => [
  ...[goal, ...exit].flatMap((rule) => rule?.on ?? []),
  ...[...steps].flatMap((step) => ('branches' in step ? (step.branches ?? []).flatMap(awaited) : [])),
];

const awaited = (branch: object): Trigger[] => ('on' in branch ? [branch.on as Trigger] : []);
