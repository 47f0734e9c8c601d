import { type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { type Clients, createClients } from '#aws/clients';
import type { createStreamReading, ReadStream } from '#aws/stream-range';
import { createWire, encodeError, type WireRequest } from './answer.ts';
import type { Authorize } from './grants.ts';
import { LostConnection } from './lost-connection.ts';
import {
  type Execute,
  models,
  operationOf,
  type ServiceModel,
  type ServiceName,
  type Services,
} from './model.ts';
import { copy } from './shapes.ts';

/** `wire`: the SDK's requests are answered as bytes. `direct`: `send` calls the engine, microseconds instead of half a millisecond. */
export type Seam = 'wire' | 'direct';

type StreamHandler = NonNullable<NonNullable<Parameters<typeof createStreamReading>[0]>['requestHandler']>;

export interface SeamOptions {
  seam: Seam;
  region: string;
}

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
/** Given, so that an endpoint variable of the machine cannot lead a world's data elsewhere. */
const endpoint = 'http://127.0.0.1';

/** The SDK's own clients, answered within this process. */
export const createLocalClients = (services: Services, { seam, region }: SeamOptions): Clients => {
  const clients = createClients({
    region,
    ...{ credentials, endpoint },
    requestHandler: createWireHandler(services),
  });
  if (seam === 'direct')
    for (const name of ['dynamodb', 'secretsmanager', 'sfn', 'ses', 'sns'] as const)
      sendDirectly(clients[name] as unknown as SdkClient, models[name], services[name]);
  return clients;
};

/** The stream's own client is loaded when a part of it is read again, which is rare. */
export const createLocalStreamReading = (services: Services, region: string): ReadStream =>
  async function* (range) {
    const { createStreamReading } = await import('#aws/stream-range');
    const requestHandler = createWireHandler(services) as unknown as StreamHandler;
    yield* createStreamReading({ region, credentials, endpoint, requestHandler })(range);
  };

/** A request handler for the SDK that answers from the engines. */
const createWireHandler = (services: Services) => {
  const answer = createWire(services);
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request: HttpRequest) {
      const { statusCode, headers, body } = await answer({
        headers: request.headers,
        body: request.body as WireRequest['body'],
      });
      return { response: new HttpResponse({ statusCode, headers, body }) };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
  };
};

interface SdkCommand {
  input: unknown;
  /** A static operation schema: tag, namespace, name, … */
  schema: readonly unknown[];
}
type Callback = (error: unknown, output?: unknown) => void;
interface SdkClient {
  config: {
    protocol: {
      deserializeResponse(schema: unknown, context: object, response: HttpResponse): Promise<unknown>;
    };
  };
  send(command: SdkCommand, options?: object | Callback, callback?: Callback): Promise<unknown> | undefined;
}

/** A client that goes elsewhere, but not further than the record grants. */
export const guardClient = <T extends object>(client: T, service: ServiceName, authorize: Authorize): T => {
  const guarded = client as unknown as SdkClient;
  const send = guarded.send.bind(client);
  guarded.send = async (command, options, callback) => {
    try {
      authorize(service, command.schema[2] as string, command.input);
    } catch (error) {
      throw await exceptionOf(guarded, models[service], command, error);
    }
    return send(command, options, callback);
  };
  return client;
};

const once = { attempts: 1, totalRetryDelay: 0 };

const sendDirectly = (client: SdkClient, model: ServiceModel, execute: Execute): void => {
  const ask = async (command: SdkCommand): Promise<unknown> => {
    const name = command.schema[2] as string;
    try {
      const operation = operationOf(model, name);
      const output = await execute(name, copy(operation.input)(command.input ?? {}));
      return { ...(copy(operation.output)(output ?? {}) as object), $metadata: metadata() };
    } catch (error) {
      throw await exceptionOf(client, model, command, error);
    }
  };
  client.send = (command, options, callback) => {
    const then = typeof options === 'function' ? (options as Callback) : callback;
    if (!then) return ask(command);
    ask(command).then((output) => then(null, output), then);
    return undefined;
  };
};

let requests = 0;
const metadata = () => ({
  httpStatusCode: 200,
  requestId: `direct-${++requests}`,
  extendedRequestId: undefined,
  cfId: undefined,
  ...once,
});

/** The error's bytes, read by the client's own protocol: the same class with the same members as over the wire. */
const exceptionOf = async (
  client: SdkClient,
  model: ServiceModel,
  command: SdkCommand,
  error: unknown,
): Promise<unknown> => {
  if (error instanceof LostConnection) return error;
  const { statusCode, headers, body } = encodeError(model, error);
  const response = new HttpResponse({ statusCode, headers, body });
  try {
    return await client.config.protocol.deserializeResponse(command.schema, client.config, response);
  } catch (exception) {
    Object.assign((exception as { $metadata: object }).$metadata, once);
    return exception;
  }
};
