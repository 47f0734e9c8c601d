import type { FunctionContext } from '#aws/function-context';
import { type Catalogue, createCatalogue } from '#store/catalogue';
import { openStore, type Store } from '#store/store';
import { createVersions, type Versions } from './versions.ts';

/** What the functions of this room work with; made once per handler. */
export interface Services {
  context: FunctionContext;
  store: Store;
  catalogue: Catalogue;
  versions: Versions;
}

export const openServices = (context: FunctionContext): Services => {
  const store = openStore(context);
  return { context, store, catalogue: createCatalogue(store), versions: createVersions(store) };
};
