import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as ses from '@aws-sdk/client-ses';
import * as sfn from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../aws-error.ts';

export type ServiceName = 'dynamodb' | 'secretsmanager' | 'sfn' | 'ses' | 'sns';

/** What an engine answers for one operation; input and output as the SDK's types say. */
export type Execute = (operation: string, input: unknown, options?: ExecuteOptions) => Promise<unknown>;
export interface ExecuteOptions {
  /** The function that asks, for whoever counts. */
  caller?: string;
}
export type Services = Readonly<Record<ServiceName, Execute>>;

export interface Operation {
  input: NormalizedSchema;
  output: NormalizedSchema;
}

/** One service as the SDK describes it: the wire is read and written by the client's own schemas. */
export interface ServiceModel {
  name: ServiceName;
  protocol: 'json' | 'query';
  /** JSON: what stands before the dot of `X-Amz-Target`. Query: the `Version` of each request. */
  target: string;
  /** Prefix of `__type`, or namespace of the XML. */
  namespace: string;
  operations: ReadonlyMap<string, Operation>;
  /** By the exception's name. */
  errors: ReadonlyMap<string, NormalizedSchema>;
}

const operationTag = 9;
const errorTag = -3;

// A static schema of Smithy is an array: tag, namespace, name, traits, …; operations end in input, output.
const schemasIn = (client: object, tag: number): unknown[][] =>
  Object.values(client).filter((value) => Array.isArray(value) && value[0] === tag);

const normalized = (schema: unknown): NormalizedSchema =>
  NormalizedSchema.of(schema as Parameters<typeof NormalizedSchema.of>[0]);

const readModel = (
  client: object,
  about: Pick<ServiceModel, 'name' | 'protocol' | 'target' | 'namespace'>,
): ServiceModel => ({
  ...about,
  operations: new Map(
    schemasIn(client, operationTag).map(([, , name, , input, output]) => [
      name as string,
      { input: normalized(input), output: normalized(output) },
    ]),
  ),
  errors: new Map(schemasIn(client, errorTag).map((schema) => [schema[2] as string, normalized(schema)])),
});

export const models: Readonly<Record<ServiceName, ServiceModel>> = {
  dynamodb: readModel(dynamodb, {
    name: 'dynamodb',
    protocol: 'json',
    target: 'DynamoDB_20120810',
    namespace: 'com.amazonaws.dynamodb.v20120810',
  }),
  secretsmanager: readModel(secretsmanager, {
    name: 'secretsmanager',
    protocol: 'json',
    target: 'secretsmanager',
    namespace: 'com.amazonaws.secretsmanager',
  }),
  sfn: readModel(sfn, {
    name: 'sfn',
    protocol: 'json',
    target: 'AWSStepFunctions',
    namespace: 'com.amazonaws.swf.service.v2.model',
  }),
  ses: readModel(ses, {
    name: 'ses',
    protocol: 'query',
    target: '2010-12-01',
    namespace: 'http://ses.amazonaws.com/doc/2010-12-01/',
  }),
  sns: readModel(sns, {
    name: 'sns',
    protocol: 'query',
    target: '2010-03-31',
    namespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
  }),
};

export const operationOf = (model: ServiceModel, name: string): Operation => {
  const operation = model.operations.get(name);
  if (operation) return operation;
  if (model.protocol === 'json') throw new AwsError('UnknownOperationException', '');
  throw new AwsError('InvalidAction', `Could not find operation ${name} for version ${model.target}`);
};
