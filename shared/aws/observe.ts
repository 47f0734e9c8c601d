import { Metrics } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { FunctionContext, LambdaHandler } from './function-context.ts';
import { maskedError } from './mask.ts';
import { metricNamespace, metricService, metricUnits } from './metrics.ts';

/**
 * The one chain around every function on AWS: what it measured is written as embedded metrics when the call is
 * over, whether or not it succeeded, and no error leaves with what tells of a person. Handlers know nothing of it.
 */
export const observe = (
  create: (context: FunctionContext) => LambdaHandler,
  context: FunctionContext,
): LambdaHandler => {
  const namespace = metricNamespace(context.settings.client);
  const metrics = new Metrics({ namespace, serviceName: metricService });
  const handler = create({
    ...context,
    measure: (name, value) => metrics.addMetric(name, metricUnits[name], value),
  });
  const measured = middy(handler as never).use(logMetrics(metrics)) as unknown as LambdaHandler;
  return async (...call) => {
    try {
      return await measured(...call);
    } catch (error) {
      throw maskedError(error);
    }
  };
};
