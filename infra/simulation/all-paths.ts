import { clientSchema } from '#model/client';
import { quietNow, usualQuiet } from '#policy/sending/quiet-hours';
import { createPlan, type Plan } from '#statemachines/compile/plan';
import type { Journey } from '#statemachines/document/schema';
import { leavesReached } from '#statemachines/expectations/leaves';
import { enumeratePaths, type Path, type PathsOptions } from '#statemachines/simulate/paths';
import type { SimulationOptions, simulateIn, Walked } from './simulation.ts';

export interface WalkedPaths {
  paths: (Pick<Path, 'leaf' | 'contact' | 'events' | 'arms' | 'webhooks'> & { answers: string[] } & Walked)[];
  /** What no walk came to, whatever was planned. */
  unreached: string[];
  unreachedLeaves: string[];
  /** Why, by step and by leaf, where it is known. */
  reasons: Record<string, string>;
}

/** Nobody shares an address with another; the numbers are kept free for such use in North America. */
const addressesOf = (i: number, { region, account }: Place): Record<string, string> => ({
  email: `path-${i + 1}@example.com`,
  phone: `+1415555${String(100 + (i % 100)).padStart(4, '0')}`,
  ...(account && {
    pushEndpoint: `arn:aws:sns:${region}:${account}:endpoint/APNS/simulated/00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
  }),
});

interface Place {
  region?: string;
  account?: string;
}

/** Who has a telephone to be pushed to: everybody, unless the journey itself asks who has one. */
const ringsIn = (document: Journey) => {
  const text = JSON.stringify(document);
  const pushes = text.includes('"type":"push"');
  const asks = text.includes('"contact":"pushEndpoint"');
  return ({ pushEndpoint }: Record<string, unknown>): boolean =>
    pushes && (!asks || pushEndpoint !== undefined);
};

/** Plans a contact for each branch and walks them all; what counts is where the machine really went. */
export const walkAllPaths = async (
  simulate: ReturnType<typeof simulateIn>,
  options: SimulationOptions,
): Promise<WalkedPaths> => {
  const { document, folder } = options;
  const client = clientSchema.parse(folder.client);
  const planned = enumeratePaths(document, {
    start: options.start,
    segments: folder.segments as PathsOptions['segments'],
    usualQuiet: (channel, now, zone) => quietNow(usualQuiet(client, channel), now, zone),
  });
  const rings = ringsIn(document);
  const walks = planned.paths.map(({ contact, events, trigger, arms, webhooks }, i) => ({
    contact: { ...contact, ...addressesOf(i, rings(contact) ? (folder.client as Place) : {}) },
    ...{ events, trigger, arms, answers: webhooks },
  }));
  const simulations = await simulate(walks, options);
  const plan = createPlan(document);
  return {
    paths: planned.paths.map(({ leaf, events, arms, webhooks }, i) => ({
      leaf,
      contact: walks[i]?.contact ?? {},
      ...{ events, arms, webhooks },
      answers: answersGiven(plan, simulations[i]!),
      ...simulations[i]!,
    })),
    ...missed(plan, simulations, planned.reasons),
  };
};

const answersGiven = ({ nodes }: Plan, { timeline }: Walked): string[] =>
  timeline.flatMap(({ step, answer, outcome }) =>
    nodes.get(step)?.branches.length ? (answer ?? (outcome === 'skipped' ? 'skipped' : [])) : [],
  );

const missed = (
  plan: Plan,
  simulations: readonly Walked[],
  known: ReadonlyMap<string, string>,
): Pick<WalkedPaths, 'unreached' | 'unreachedLeaves' | 'reasons'> => {
  const leaves = new Set(simulations.flatMap((each) => leavesReached(plan, each)));
  const steps = new Set(
    simulations.flatMap(({ timeline, ended }) => [...timeline.map(({ step }) => step), ended.step]),
  );
  const unreached = [...plan.nodes.values()]
    .filter(({ id, kind }) => kind !== 'end' && !steps.has(id))
    .map(({ id }) => id);
  const unreachedLeaves = plan.leaves.filter(({ id }) => !leaves.has(id)).map(({ id }) => id);
  const named = [...unreached, ...unreachedLeaves].flatMap((id) => {
    const reason = known.get(id);
    return reason === undefined ? [] : [[id, reason] as const];
  });
  return { unreached, unreachedLeaves, reasons: Object.fromEntries(named) };
};
