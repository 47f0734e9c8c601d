import { createPlan } from '#statemachines/compile/plan';
import { enumeratePaths, type Path } from '#statemachines/simulate/paths';
import type { SimulationOptions, simulateIn, Walked } from './simulation.ts';

export interface WalkedPaths {
  paths: (Pick<Path, 'leaf' | 'contact' | 'events' | 'arms'> & { answers: string[] } & Walked)[];
  /** What no walk came to, whatever was planned. */
  unreached: string[];
  unreachedLeaves: string[];
}

/** Nobody shares an address with another; the numbers are kept free for such use in North America. */
const addressesOf = (i: number): Record<string, string> => ({
  email: `path-${i + 1}@example.com`,
  phone: `+1415555${String(100 + (i % 100)).padStart(4, '0')}`,
});

/** Plans a contact for each branch and walks them all; what counts is where the machine really went. */
export const walkAllPaths = async (
  simulate: ReturnType<typeof simulateIn>,
  options: SimulationOptions,
): Promise<WalkedPaths> => {
  const planned = enumeratePaths(options.document, {
    start: options.start,
    segments: options.folder.segments as never,
  });
  const walks = planned.paths.map(({ contact, events, trigger, arms }, i) => ({
    contact: { ...contact, ...addressesOf(i) },
    events,
    trigger,
    arms,
  }));
  const simulations = await simulate(walks, options);
  const steps = new Set(simulations.flatMap(({ timeline }) => timeline.map(({ step }) => step)));
  const answers = new Set(
    simulations.flatMap(({ timeline }) => timeline.map(({ step, answer }) => `${step}/${answer}`)),
  );
  const plan = createPlan(options.document);
  return {
    paths: planned.paths.map(({ leaf, events, arms, answers: way }, i) => ({
      leaf,
      contact: walks[i]?.contact ?? {},
      events,
      arms,
      answers: way.map(({ answer }) => answer),
      ...simulations[i]!,
    })),
    unreached: [...plan.nodes.values()]
      .filter(({ id, kind }) => kind !== 'end' && !steps.has(id))
      .map(({ id }) => id),
    unreachedLeaves: plan.leaves
      .filter(
        ({ step, answer }) =>
          step !== undefined && (answer === undefined ? !steps.has(step) : !answers.has(`${step}/${answer}`)),
      )
      .map(({ id }) => id),
  };
};
