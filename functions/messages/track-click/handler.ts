import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { withQuery } from '#channels/email/utm';
import { redirect } from '#http/answer';
import { httpHandler } from '#http/handler';
import { openStore } from '#store/store';
import { hearReader } from '../hear-reader.ts';
import { invalidLink, readLink } from '../link-facts.ts';
import { showRefusal } from '../pages.ts';

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(context, { store, showRefusal }, async (request) => {
    const facts = await readLink(store, 'click', request);
    if (facts.url === undefined) throw invalidLink();
    await hearReader(store, context, request, facts);
    return redirect(302, withQuery(facts.url, facts.query ?? ''));
  });
};
