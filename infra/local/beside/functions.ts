import type { Tell } from '#aws/event-bus';
import type { LambdaHandler } from '#aws/function-context';
import { manifest } from '#infra/manifest';
import { createContexts, createLogs } from '../contexts.ts';
import { lambdaRecordOf } from '../dynamodb/streams/lambda-record.ts';
import { rowFrom } from '../dynamodb/tables/stream-rows.ts';
import type { Execute, ServiceName } from '../wire/model.ts';
import {
  type Ask,
  type Call,
  type FromWorker,
  fromPlainError,
  type Reply,
  type Setting,
} from './protocol.ts';

export interface BesideFunctions {
  call(call: Call): Promise<unknown>;
  hear(reply: Reply): void;
}

/** Functions in this thread, whose services are those of the other one. */
export const createBesideFunctions = (
  { settings, seam, logLevel, table }: Setting,
  say: (what: FromWorker) => void,
): BesideFunctions => {
  let now = 0;
  let asks = 0;
  const clock = { now: () => now };
  const waiting = new Map<number, ReturnType<typeof Promise.withResolvers<unknown>>>();
  const ask = (what: Omit<Ask, 'asked'>): Promise<unknown> => {
    const asked = ++asks;
    const reply = Promise.withResolvers<unknown>();
    waiting.set(asked, reply);
    say({ asked, ...what });
    return reply.promise;
  };
  const service =
    (of: ServiceName): Execute =>
    (operation, input, options) =>
      ask({ of, operation, input, by: options?.caller ?? '' });
  const tell: Tell = async (happenings) => {
    await ask({ of: 'tell', operation: 'tell', input: happenings, by: '' });
  };
  const contextFor = createContexts({
    ...{ settings, seam, clock, tell, endpoints: {} },
    services: {
      dynamodb: service('dynamodb'),
      secretsmanager: service('secretsmanager'),
      sfn: service('sfn'),
      ses: service('ses'),
      sns: service('sns'),
    },
    logFor: createLogs(logLevel, clock),
    measured: (figure) => say({ figure }),
  });
  const load = async (functionName: string): Promise<LambdaHandler> => {
    const entry = manifest.find(({ record }) => record.name === functionName)!;
    return (await entry.load()).createHandler(contextFor(entry.record));
  };
  const handlers = new Map<string, Promise<LambdaHandler>>();
  return {
    async call({ functionName, rows, now: at }) {
      now = at;
      const handler = handlers.get(functionName) ?? load(functionName);
      handlers.set(functionName, handler);
      return (await handler)({ Records: rows.map((row) => lambdaRecordOf(table, rowFrom(row))) });
    },
    hear({ asked, value, error }) {
      const reply = waiting.get(asked);
      waiting.delete(asked);
      if (error === undefined) reply?.resolve(value);
      else reply?.reject(fromPlainError(error));
    },
  };
};
