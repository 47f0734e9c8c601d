import type { WorldOptions } from '#infra/local/world';

type Intercept = NonNullable<WorldOptions['intercept']>;

/** The contact's id begins a run's name. */
const idLength = 20;

/** Counts what Step Functions starts, and waits for the first step of those who are asked for. */
export const createWatch = (now: () => number) => {
  const seconds = new Map<number, number>();
  const names = new Set<string>();
  const waiting = new Map<string, () => void>();

  const started = (name: string): void => {
    // The same name again is the same run.
    if (names.has(name)) return;
    names.add(name);
    const second = Math.floor(now() / 1000);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  };
  const stepped = (input: unknown): void => {
    const text = JSON.stringify(input);
    for (const [contact, tell] of waiting) if (text.includes(contact)) tell();
  };
  const intercept: Intercept = async ({ service, operation, input, caller }, next) => {
    const answer = await next();
    if (service === 'sfn' && operation === 'StartExecution')
      started(String((input as { name?: string }).name));
    if (waiting.size > 0 && caller === 'run-step' && /Put|Update|Transact/.test(operation)) stepped(input);
    return answer;
  };
  return {
    intercept,
    /** @returns milliseconds until the first step of its run was written */
    firstStep(contact: string): Promise<number> {
      const from = performance.now();
      return new Promise((resolve) => {
        waiting.set(contact, () => {
          waiting.delete(contact);
          resolve(performance.now() - from);
        });
      });
    },
    found() {
      const contacts = Map.groupBy(names, (name) => name.slice(0, idLength));
      const sizes = [...contacts.values()].map(({ length }) => length);
      return {
        mostPerSecond: Math.max(...seconds.values()),
        runsPerContact: Object.fromEntries(
          [...Map.groupBy(sizes, (size) => size)].map(([size, all]) => [size, all.length]),
        ),
      };
    },
  };
};
