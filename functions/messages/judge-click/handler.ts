import * as z from 'zod';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { getHeldClick } from '#store/sends/held-clicks';
import { openStore } from '#store/store';
import { judgeClick } from '../judging.ts';

const orderSchema = z.object({ contact: z.string(), click: z.string() });

/** What is held no more was judged before. */
export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return async (event) => {
    const { contact, click } = orderSchema.parse(event);
    const held = await getHeldClick(store, contact, click);
    if (held) await judgeClick(store, held);
  };
};
