import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { json } from '#http/answer';
import { httpHandler } from '#http/handler';
import { createOpenApi } from './openapi.ts';

export const createHandler = (context: FunctionContext): LambdaHandler => {
  let description: Record<string, unknown> | undefined;
  return httpHandler(
    context,
    {},
    {
      'GET /health': () => json(200, { status: 'ok' }),
      'GET /v1/openapi.json': () => {
        description ??= createOpenApi(context.settings.baseUrl);
        return json(200, description, {
          'cache-control': 'public, max-age=300',
          'access-control-allow-origin': '*',
        });
      },
    },
  );
};
