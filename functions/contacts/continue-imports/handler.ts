import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { describeError } from '#http/problem';
import { iso } from '#kernel/clock';
import { abandonImport, type Import, listImports } from '#store/catalogue/imports';
import { openStore, type Store } from '#store/store';
import { workOn } from '../importing/work.ts';

/** A call may overlap the next one, but not the one after it. */
const longestMs = 45_000;
/** Of one call, where no clock moves within it. */
const mostLooks = 400;
/** Who drives an import by requests saves a batch more often than this. */
const drivenMs = 10_000;
const second = 1_000;
/** Parts that never came are not waited for: what a file says of people is not kept for nothing. */
const patienceMs = 24 * 60 * 60 * second;

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return () => continueAll(context, store);
};

/** @returns `next`: when there is something to do again, as far as is known now */
const continueAll = async (context: FunctionContext, store: Store) => {
  const startedAt = store.clock.now();
  let looks = 0;
  const isOver = (): boolean => ++looks > mostLooks || store.clock.now() - startedAt > longestMs;
  const all = await listImports(store);
  for (const each of all) if (isForgotten(each, startedAt)) await abandonImport(store, each);
  const open = all.filter(({ status }) => status === 'running');
  let isPending = false;
  for (const each of open) {
    if (isDriven(each, startedAt)) isPending = true;
    else isPending = !(await continueOne(context, { store, isOver }, each)) || isPending;
  }
  return { imports: open.length, next: isPending ? iso(store.clock.now() + second) : nextForgotten(all) };
};

const nextForgotten = (all: readonly Import[]): string | null => {
  const [first] = all
    .filter(({ status }) => status === 'open')
    .map(({ updatedAt }) => iso(Date.parse(updatedAt) + patienceMs + second))
    .sort();
  return first ?? null;
};

const isForgotten = ({ status, updatedAt }: Import, now: number): boolean =>
  status === 'open' && now - Date.parse(updatedAt) > patienceMs;

const isDriven = ({ updatedAt, done }: Import, now: number): boolean =>
  done > 0 && now - Date.parse(updatedAt) < drivenMs;

/** One that fails does not keep the others. @returns whether it is over */
const continueOne = async (
  context: FunctionContext,
  slice: Parameters<typeof workOn>[0],
  { id }: Import,
): Promise<boolean> => {
  try {
    return (await workOn(slice, id))?.status !== 'running';
  } catch (error) {
    context.log.error('import-failed', { import: id, ...describeError(error) });
    return false;
  }
};
