import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { HttpAnswer } from '#http/answer';
import { httpHandler } from '#http/handler';
import type { HttpRequest } from '#http/request';
import { openStore, type Store } from '#store/store';
import { hearReader } from '../hear-reader.ts';
import { readLink } from '../link-facts.ts';

/** One transparent point. */
const picture = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const answer: HttpAnswer = { status: 200, headers: { 'content-type': 'image/gif' }, body: picture };

const note = async (context: FunctionContext, store: Store, request: HttpRequest): Promise<void> => {
  try {
    await hearReader(store, context, request, await readLink(store, 'open', request));
  } catch (error) {
    context.log.warn('open-not-noted', { reason: (error as Error).name });
  }
};

/** Always the picture: a broken one in somebody's mail helps nobody. */
export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(context, { store }, async (request) => {
    await note(context, store, request);
    return answer;
  });
};
