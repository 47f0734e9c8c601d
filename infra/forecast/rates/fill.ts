import type { MeasuredRate } from '#model/forecast';
import type { Rates } from '#model/forecast-rates';
import type { Plan } from '#statemachines/compile/plan';
import type { Journey } from '#statemachines/document/schema';
import { resolveRates } from './resolve.ts';
import { typical } from './typical.ts';

export interface Filled {
  rates: Rates;
  /** Those of the measured ones that were wanted. */
  taken: readonly MeasuredRate[];
}

/** What is not given is taken as it was measured. What a forecast knows without being told stays its own to find. */
export const fillRates = (
  document: Journey,
  plan: Plan,
  rates: Rates,
  measured: readonly MeasuredRate[],
): Filled => {
  const isWanted = wantedIn(document, plan, rates);
  const taken = measured.filter(({ path }) => valueAt(rates, path) === undefined && isWanted(path));
  const filled = structuredClone(rates);
  for (const { path, value, median } of taken)
    put(filled, path, median === undefined ? value : { rate: value, median });
  return { rates: filled, taken };
};

export const valueAt = (holder: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, name)
        ? (at as Record<string, unknown>)[name]
        : undefined,
    holder,
  );

const put = (holder: object, path: readonly string[], value: unknown): void => {
  const [name = '', ...rest] = path;
  const at = holder as Record<string, object>;
  if (rest.length === 0) {
    Object.assign(at, { [name]: value });
    return;
  }
  const inner = at[name] ?? {};
  at[name] = inner;
  put(inner, rest, value);
};

export const engagements = ['delivered', 'opened', 'clicked', 'unsubscribed'] as const;

/** Answers and conditions that a walk can judge by itself are not drawn by shares. */
const wantedIn = (document: Journey, plan: Plan, rates: Rates): ((path: readonly string[]) => boolean) => {
  const { issues } = resolveRates(document, plan, { ...rates, defaults: 'none' });
  const missing = new Set(issues.filter(({ code }) => code === 'missing-rate').map(({ path }) => path));
  return ([of = '', id = '', name = '']) => {
    if (of !== 'steps') return true;
    const type = plan.nodes.get(id)?.type ?? '';
    if (type in typical.messages && engagements.some((each) => each === name))
      return valueAt(rates, ['messages', type, name]) === undefined;
    return missing.has(name === 'if' ? `/steps/${id}/if` : `/steps/${id}`);
  };
};
