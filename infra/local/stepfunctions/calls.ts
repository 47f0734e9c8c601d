import { AwsError } from '../aws-error.ts';
import { functionName, type Resource } from './definition/resource.ts';
import { uuid } from './expressions/functions.ts';
import { runtimeError, StateError } from './interpreter/errors.ts';

/** What tasks reach outside. */
export interface Outside {
  /** Runs a function. Rejects with what the function threw, or with an AwsError of the Lambda service. */
  invoke(functionName: string, payload: unknown): Promise<unknown>;
  /** Calls an AWS service as `aws-sdk` tasks name it: `('sfn', 'startExecution', { … })`. */
  aws(service: string, action: string, params: unknown): Promise<unknown>;
  random(): number;
  region: string;
}

const stackLines = (error: Error): string[] => (error.stack ?? `${error.name}: ${error.message}`).split('\n');

/** What a Node.js function's failure looks like to its caller. */
const functionError = (thrown: unknown): StateError => {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { name: errorType, message: errorMessage } = error;
  return new StateError(errorType, JSON.stringify({ errorType, errorMessage, trace: stackLines(error) }));
};

// The Java SDK's names for the services, which Step Functions puts in front of error names.
const prefixes: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDb',
  eventbridge: 'EventBridge',
  sesv2: 'SesV2',
};
const prefixOf = (service: string): string =>
  prefixes[service] ?? `${service[0]?.toUpperCase()}${service.slice(1)}`;

const serviceError = (service: string, thrown: unknown, requestId: string): StateError => {
  const { name, message, statusCode = 500 } = thrown as AwsError;
  const error = name.endsWith('Exception') ? name : `${name}Exception`;
  const facts = `(Service: ${service}, Status Code: ${statusCode}, Request ID: ${requestId})`;
  return new StateError(`${service}.${error}`, `${message} ${facts}`);
};

const jsonCopy = (value: unknown): unknown =>
  value === undefined ? null : JSON.parse(JSON.stringify(value));

interface InvokeArguments {
  FunctionName?: unknown;
  Payload?: unknown;
  InvocationType?: unknown;
}

const runFunction = async (outside: Outside, name: string, payload: unknown): Promise<unknown> => {
  try {
    return jsonCopy(await outside.invoke(name, payload));
  } catch (thrown) {
    throw thrown instanceof AwsError
      ? serviceError('Lambda', thrown, uuid(outside.random))
      : functionError(thrown);
  }
};

const invoke = async (outside: Outside, given: InvokeArguments): Promise<unknown> => {
  const { FunctionName, Payload = {}, InvocationType = 'RequestResponse' } = given;
  if (typeof FunctionName !== 'string')
    throw runtimeError('The field "FunctionName" is required but was missing');
  if (InvocationType !== 'RequestResponse')
    throw runtimeError('The embedded Step Functions invokes functions with RequestResponse only.');
  const result = await runFunction(outside, functionName(FunctionName), Payload);
  return {
    ExecutedVersion: '$LATEST',
    Payload: result,
    SdkHttpMetadata: { HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: uuid(outside.random) },
    StatusCode: 200,
  };
};

const callService = async (outside: Outside, service: string, action: string, given: unknown) => {
  try {
    return jsonCopy(await outside.aws(service, action, given)) ?? {};
  } catch (thrown) {
    throw serviceError(prefixOf(service), thrown, uuid(outside.random));
  }
};

/** Performs a task's call. Rejects with a StateError when the task failed. */
export const call = (outside: Outside, resource: Resource, given: string): Promise<unknown> => {
  const data: unknown = JSON.parse(given);
  switch (resource.kind) {
    case 'invoke':
      return invoke(outside, (data ?? {}) as InvokeArguments);
    case 'function':
      return runFunction(outside, resource.name, data);
    case 'sdk':
      return callService(outside, resource.service, resource.action, data);
  }
};
