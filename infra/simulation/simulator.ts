import type { Simulate, SimulationWork } from '#model/simulation';
import { readChecked } from '#statemachines/document/checked';
import { createForecaster } from '../forecast/forecaster.ts';
import { TooMuchWork } from './budget.ts';
import { withJourney } from './folder.ts';
import { type OpenWorld, simulateIn } from './simulation.ts';

/** Far more than a year of a journey of 2,000 steps takes. */
const mostCalls = 200_000;

/** The simulation as a function is handed it: on AWS in its own bundle, on one machine by the world around it. */
export const createSimulator = (openWorld: OpenWorld): Simulate =>
  Object.assign(walker(openWorld), { foretell: createForecaster(openWorld) });

const walker =
  (openWorld: OpenWorld) =>
  async (work: SimulationWork): ReturnType<Simulate> => {
    const { start, seed, patienceMs, text } = work;
    const document = readChecked(text);
    try {
      const [walked] = await simulateIn(openWorld)([work], {
        folder: withJourney({ ...folderOf(work), journeys: {} }, document, text),
        ...{ document, start, seed },
        limits: { milliseconds: patienceMs, calls: mostCalls },
      });
      const { impossible, ...simulation } = walked!;
      return impossible === undefined ? { simulation } : { refused: impossible };
    } catch (error) {
      if (error instanceof TooMuchWork) return { refused: error.message };
      throw error;
    }
  };

const folderOf = ({ client, templates, layouts, partials, forms, segments }: SimulationWork) => ({
  ...{ client, templates, layouts, partials, forms, segments },
});
