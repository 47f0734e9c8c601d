import * as z from 'zod';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { empty } from '#http/answer';
import { jsonBodyOf } from '#http/body';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import { Refusal } from '#kernel/errors';
import { documentId } from '#model/document-text';
import { putSecret, removeSecret } from '#store/catalogue/service-secrets';
import { openStore } from '#store/store';

export const secretSchema = z.strictObject({
  value: z.string().regex(/^[\x21-\x7e]{1,1000}$/, 'visible ASCII characters, at most 1,000'),
});

const nameIn = (request: HttpRequest): string => {
  const name = documentId.safeParse(parameter(request, 'name'));
  if (name.success) return name.data;
  throw new Refusal(422, 'invalid-name', `A secret needs a name: ${name.error.issues[0]?.message}.`);
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(
    context,
    { store },
    {
      'PUT /v1/secrets/{name}': async (request) => {
        await putSecret(store, nameIn(request), jsonBodyOf(request, secretSchema).value);
        return empty(204);
      },
      'DELETE /v1/secrets/{name}': async (request) => {
        await removeSecret(store, nameIn(request));
        return empty(204);
      },
    },
  );
};
