import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { withQuery } from '#channels/email/utm';
import { redirect } from '#http/answer';
import { httpHandler } from '#http/handler';
import { createLinkRing, type LinkRing } from '#store/link-ring';
import { readSecondHome } from '#store/second-home';
import { openStore, type Store } from '#store/store';
import { hearReader } from '../hear-reader.ts';
import { invalidLink, readLink } from '../link-facts.ts';
import { showRefusal } from '../pages.ts';

const openKeys = (store: Store, context: FunctionContext): LinkRing =>
  createLinkRing(
    store.keys,
    async () => {
      const copy = await readSecondHome(context);
      context.log.warn('link-keys-from-second-home');
      return copy;
    },
    context.clock,
  );

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const keys = openKeys(store, context);
  // While the function starts: its first reader need not wait for it.
  keys().catch(() => undefined);
  return httpHandler(context, { store, showRefusal }, async (request) => {
    const facts = await readLink({ keys }, 'click', request);
    if (facts.url === undefined) throw invalidLink();
    await hearReader(store, context, request, facts);
    return redirect(302, withQuery(facts.url, facts.query ?? ''));
  });
};
