import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { describeError } from '#http/problem';
import { iso } from '#kernel/clock';
import type { JourneyRecord } from '#model/journey';
import { decideWinner, dueLook } from '#policy/journeys/winner';
import { listJourneys } from '#store/catalogue/journeys';
import { readCounts } from '#store/runs/counters';
import { keepLook, readTrial, type Trial } from '#store/runs/trials';
import { openServices, type Services } from '../services.ts';
import { type Counts, countArms, runsIn, type TestStep } from './count-arms.ts';

/** Only the version that new runs start on is looked at; on others the arms keep their weights. */
export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return () => lookAtAll(services);
};

const lookAtAll = async (services: Services): Promise<{ decided: number }> => {
  let decided = 0;
  for (const journey of await listJourneys(services.store))
    if (journey.version !== undefined && journey.status !== 'archived')
      decided += await lookAt(services, journey, journey.version).catch((error: Error) => {
        services.context.log.error('winner-not-sought', { journey: journey.id, ...describeError(error) });
        return 0;
      });
  return { decided };
};

const lookAt = async (services: Services, { id }: JourneyRecord, version: number): Promise<number> => {
  const { tests } = await services.versions.get(id, version);
  if (tests.length === 0) return 0;
  const counts = (await readCounts(services.store, id)).get(version) ?? new Map<string, number>();
  let decided = 0;
  for (const step of tests as readonly TestStep[])
    if (await lookAtTest(services, { journey: id, version }, step, counts)) decided++;
  return decided;
};

/** True when it was decided now. */
const lookAtTest = async (
  { store, context }: Services,
  of: { journey: string; version: number },
  step: TestStep,
  counts: Counts,
): Promise<boolean> => {
  const before = await readTrial(store, of, step.id);
  const arms = countArms(step, counts);
  const runs = runsIn(arms);
  if (before?.decided || runs === 0) return false;
  const now = store.clock.now();
  const { since, looks: taken } = before ?? { since: iso(now), looks: 0 };
  const look = dueLook(step.winner.after, { taken, runs, ageMs: now - Date.parse(since) });
  if (look === undefined && before) return false;
  const decided = look === undefined ? undefined : decideWinner(arms, look);
  const trial: Trial = {
    step: step.id,
    since,
    looks: look ?? taken,
    ...(decided && { decided: { ...decided, at: iso(now), arms: [...arms] } }),
  };
  if (!(await keepLook(store, of, trial, before)) || !decided) return false;
  context.log.info('winner-decided', { ...of, step: step.id, branch: decided.branch });
  return true;
};
