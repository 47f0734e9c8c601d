import { type Profiler, Session } from 'node:inspector/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = new URL('../..', import.meta.url);

/** Where a share of the time went. */
export interface Share {
  place: string;
  percent: number;
}

/** Samples this process while `work` runs: which code was on the processor, not what it waited for. */
export const profiled = async <T>(
  work: () => Promise<T>,
): Promise<{ result: T; profile: Profiler.Profile }> => {
  const stop = await startProfile();
  const result = await work();
  return { result, profile: await stop() };
};

export const startProfile = async (): Promise<() => Promise<Profiler.Profile>> => {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 500 });
  await session.post('Profiler.start');
  return async () => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    return profile;
  };
};

/** `node_modules/@middy/core/…` → `@middy/core`; our own code by room. */
const placeOf = ({ functionName, url }: Profiler.ProfileNode['callFrame']): string => {
  if (url === '')
    return functionName.startsWith('(') ? functionName : 'node: built in (sqlite, crypto, json …)';
  if (url.startsWith('node:')) return `node: ${url.slice(5).split('/', 2).join('/')}`;
  if (!url.startsWith('file:')) return url;
  const path = url.startsWith(root.href) ? relative(fileURLToPath(root), fileURLToPath(url)) : url;
  const [, dependency] = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return dependency ?? path.split('/', path.startsWith('infra/local/') ? 3 : 2).join('/');
};

/** Not work of the program: waiting, and the profiler itself. */
const idle = new Set(['(idle)', '(root)', 'node: inspector', 'post (node: inspector)']);

const selfTimes = (
  { nodes, samples = [], timeDeltas = [] }: Profiler.Profile,
  nameOf: typeof placeOf,
): Map<string, number> => {
  const names = new Map(nodes.map((node) => [node.id, nameOf(node.callFrame)]));
  const times = new Map<string, number>();
  samples.forEach((id, i) => {
    const name = names.get(id) ?? '';
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[i] ?? 0));
  });
  return times;
};

const shares = (times: Map<string, number>, most: number): Share[] => {
  const busy = [...times].filter(([name]) => !idle.has(name));
  const total = busy.reduce((sum, [, time]) => sum + time, 0) || 1;
  return busy
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([place, time]) => ({ place, percent: Math.round((1000 * time) / total) / 10 }));
};

/** Own time of each package and room, of the time that the processor was busy. */
export const timeByPlace = (profile: Profiler.Profile, most = 14): Share[] =>
  shares(selfTimes(profile, placeOf), most);

/** The same by single functions. */
export const timeByFunction = (profile: Profiler.Profile, most = 12): Share[] =>
  shares(
    selfTimes(profile, (frame) =>
      frame.functionName.startsWith('(')
        ? frame.functionName
        : `${frame.functionName || 'anonymous'} (${placeOf(frame)})`,
    ),
    most,
  );

export const percentIdle = (profile: Profiler.Profile): number => {
  const times = selfTimes(profile, placeOf);
  const total = [...times.values()].reduce((sum, time) => sum + time, 0) || 1;
  return Math.round((100 * (times.get('(idle)') ?? 0)) / total);
};
