import type { ForecastWork, Foretell } from '#model/forecast';
import { readChecked } from '#statemachines/document/checked';
import { TooMuchWork } from '../simulation/budget.ts';
import { withJourney } from '../simulation/folder.ts';
import type { OpenWorld } from '../simulation/simulation.ts';
import { forecast, WrongRates } from './forecast.ts';

/** Far more than those who are rehearsed do. */
const mostCalls = 200_000;

/** The forecast as a function is handed it: on AWS in its own bundle, on one machine by the world around it. */
export const createForecaster =
  (openWorld: OpenWorld): Foretell =>
  async (work) => {
    const { text, rates, measured, audience, start, seed, sample, patienceMs } = work;
    const document = readChecked(text);
    try {
      return {
        forecast: await forecast({
          ...{ document, rates, measured, start, seed, sample, openWorld },
          ...{ audience: audience.people, audienceFrom: audience },
          folder: withJourney({ ...folderOf(work), journeys: {} }, document, text),
          limits: { milliseconds: patienceMs, calls: mostCalls },
        }),
      };
    } catch (error) {
      if (error instanceof WrongRates) return { issues: error.issues };
      if (error instanceof TooMuchWork) return { refused: error.message };
      throw error;
    }
  };

const folderOf = ({ client, templates, layouts, partials, forms, segments }: ForecastWork) => ({
  ...{ client, templates, layouts, partials, forms, segments },
});
