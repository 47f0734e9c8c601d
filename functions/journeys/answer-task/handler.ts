import { z } from 'zod';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { json } from '#http/answer';
import { jsonBodyOf } from '#http/body';
import { httpHandler } from '#http/handler';
import { parameter } from '#http/request';
import { openStore } from '#store/store';
import { answerTask, findTask } from './answer.ts';

const bodySchema = z.strictObject({
  outcome: z.string().min(1).max(200),
  by: z.string().min(1).max(200).optional().describe('Who answered'),
});

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(context, { store }, async (request) => {
    const answer = jsonBodyOf(request, bodySchema);
    const task = await findTask(store, parameter(request, 'id'));
    await answerTask(store, task, answer);
    return json(202, { task: task.id, outcome: answer.outcome });
  });
};
