import { Tracer } from '@aws-lambda-powertools/tracer';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy from '@middy/core';
import type { FunctionContext, LambdaHandler, Log } from './function-context.ts';
import { metricService } from './metrics.ts';
import { observe } from './observe.ts';

/**
 * As `observe`, and X-Ray is told how long a call and what it asked of tables and machines took. Only in bundles
 * of clients that want traces. Neither answers nor texts of errors are told: they may hold addresses.
 */
export const trace = (
  create: (context: FunctionContext) => LambdaHandler,
  context: FunctionContext,
): LambdaHandler => {
  process.env.POWERTOOLS_TRACER_CAPTURE_ERROR = 'false';
  const tracer = new Tracer({ serviceName: metricService, captureHTTPsRequests: false });
  // Not SES and SNS: what they refuse is told with the address.
  for (const client of [context.aws.dynamodb, context.aws.sfn]) tracer.captureAWSv3Client(client);
  const handler = observe(create, { ...context, log: annotating(context.log, tracer) });
  return middy(handler as never)
    .use(captureLambdaHandler(tracer, { captureResponse: false }))
    .before(({ event }) => annotate(tracer, event)) as unknown as LambdaHandler;
};

/** What leads on: a run's trace is found by `annotation[run] = "…"`. */
const ids = ['run', 'contact', 'journey', 'step', 'send', 'event', 'entry', 'import'] as const;
const anId = /^[\w.:-]{1,128}$/;

const annotate = (tracer: Tracer, fields: unknown): void => {
  const { routeKey, ...known } = (fields ?? {}) as Record<string, unknown>;
  if (typeof routeKey === 'string') tracer.putAnnotation('route', routeKey);
  for (const name of ids) {
    const value = known[name];
    if (typeof value === 'string' && anId.test(value)) tracer.putAnnotation(name, value);
  }
};

/** A line of the log tells ids only, and so may the trace. */
const annotating = (log: Log, tracer: Tracer): Log => {
  const both = (write: Log['info']) => (event: string, fields?: Record<string, unknown>) => {
    annotate(tracer, fields);
    write(event, fields);
  };
  return { info: both(log.info), warn: both(log.warn), error: both(log.error) };
};
