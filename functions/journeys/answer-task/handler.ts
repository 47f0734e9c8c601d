import * as z from 'zod';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { jsonBodyOf } from '#http/body';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import { openStore, type Store } from '#store/store';
import { answerTask, findTask } from './answer.ts';
import { showTasks } from './list.ts';

const bodySchema = z.strictObject({
  outcome: z.string().min(1).max(200),
  by: z.string().min(1).max(200).optional().describe('Who answered'),
});

const takeAnswer = async (store: Store, request: HttpRequest): Promise<HttpAnswer> => {
  const answer = jsonBodyOf(request, bodySchema);
  const task = await findTask(store, parameter(request, 'id'));
  await answerTask(store, task, answer);
  return json(202, { task: task.id, outcome: answer.outcome });
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(
    context,
    { store },
    {
      'GET /v1/tasks': (request) => showTasks(store, request),
      'POST /v1/tasks/{id}/outcome': (request) => takeAnswer(store, request),
    },
  );
};
