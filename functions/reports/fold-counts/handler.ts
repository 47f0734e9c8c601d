import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { definitionsOf } from '#model/report-settings';
import { otherName } from '#policy/reports/names';
import { createCatalogue } from '#store/catalogue/catalogue';
import { getClient } from '#store/catalogue/client';
import { type Books, beginBooks, readBooks } from '#store/runs/books';
import { type CountNames, createCountNames } from '#store/runs/count-names';
import { type Foldable, foldCounts } from '#store/runs/counters';
import { openStore, type Store } from '#store/store';
import { type Change, foldablesOf } from './entries.ts';
import { happeningsOf } from './happenings.ts';
import { keyOf, readChange } from './read-change.ts';
import { takeNotes } from './side-notes.ts';

interface Folding {
  store: Store;
  /** How those who listen are told; undefined when nobody does. */
  listening: () => Promise<((changes: readonly Change[]) => Promise<void>) | undefined>;
  names: CountNames;
  noted: Set<string>;
}

/** Before the folder was deployed there is nothing to count. */
const noClient = { timezone: 'UTC' };

const openBooks = async (store: Store): Promise<Books> =>
  (await readBooks(store)) ?? beginBooks(store, definitionsOf((await getClient(store)) ?? noClient));

/** Names that are new are let in first, as far as there is room; then the change is looked at again. */
const foldable = async ({ names }: Folding, change: Change, books: Books): Promise<Foldable[]> => {
  const strangers: [string, string][] = [];
  const nameIn = (directory: string, name: string): string => {
    if (names.isAdmitted(directory, name)) return name;
    strangers.push([directory, name]);
    return otherName;
  };
  const found = foldablesOf(change, books, nameIn);
  if (strangers.length === 0) return found;
  for (const [directory, name] of strangers) await names.admit(directory, name);
  return foldablesOf(change, books, nameIn);
};

/** All or nothing: a batch that fails is tried again from its first record, and counts nothing twice. */
const fold = async (folding: Folding, records: readonly DynamoDBRecord[]): Promise<DynamoDBBatchResponse> => {
  const { store, noted } = folding;
  const changes = records.flatMap((record) => {
    const change = readChange(record);
    return change ? [{ change, key: keyOf(record) }] : [];
  });
  if (changes.length === 0) return { batchItemFailures: [] };
  const [books, tellAll] = await Promise.all([openBooks(store), folding.listening()]);
  const foldables: Foldable[] = [];
  for (const { change, key } of changes) {
    await takeNotes({ store, books, noted }, change, key);
    foldables.push(...(await foldable(folding, change, books)));
  }
  await foldCounts(store, foldables);
  // After the counts: whoever listens may be away, and what is folded is not folded again.
  await tellAll?.(changes.map(({ change }) => change));
  return { batchItemFailures: [] };
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const { tell, settings } = context;
  const catalogue = createCatalogue(store);
  /** Only where the client's settings ask for it. */
  const listening = async () => {
    if (!tell) return undefined;
    await catalogue.renew();
    if ((await catalogue.client()).eventsOut?.on !== true) return undefined;
    return async (changes: readonly Change[]): Promise<void> => {
      const happenings = changes.flatMap((change) => happeningsOf(change, settings.client));
      if (happenings.length > 0) await tell(happenings);
    };
  };
  const folding: Folding = { store, listening, names: createCountNames(store), noted: new Set() };
  return (event) => fold(folding, (event as DynamoDBStreamEvent).Records);
};
