import type { FunctionContext } from '#aws/function-context';
import { type Catalogue, catalogueOf } from '#store/catalogue/catalogue';
import { openStore, type Store } from '#store/store';
import { createVersions, type Versions } from './versions.ts';

/** What the functions of this room work with; made once per handler. */
export interface Services {
  context: FunctionContext;
  store: Store;
  catalogue: Catalogue;
  versions: Versions;
  lifetime: Lifetime;
}

/** What an execution of Step Functions may hold before its run goes on in another. */
export interface Lifetime {
  /** Below the service's year, by more than any single hold but that of a pause. */
  longestMs: number;
  /** Below this age an execution is never left: whatever a machine waits for by itself still fits. */
  settledMs: number;
  /** Below the service's 25,000. */
  events: number;
  /** Of one visit of one step: task and choice come to nine, a hold or a few retries to as many again. */
  eventsPerStep: number;
}
const day = 86_400_000;
const usual: Lifetime = { longestMs: 360 * day, settledMs: 30 * day, events: 20_000, eventsPerStep: 25 };

export const openServices = (context: FunctionContext, lifetime: Partial<Lifetime> = {}): Services => {
  const store = openStore(context);
  return {
    ...{ context, store, catalogue: catalogueOf(store), versions: createVersions(store) },
    lifetime: { ...usual, ...lifetime },
  };
};
