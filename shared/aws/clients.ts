import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import type { FunctionContext } from './function-context.ts';

export type Clients = FunctionContext['aws'];

export interface ClientOptions {
  region?: string;
  /** For all of them; without it the SDK reads `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>` itself. */
  endpoint?: string;
  /** A live handler (the embedded world's) or settings of the SDK's own. */
  requestHandler?: DynamoDBClientConfig['requestHandler'];
  credentials?: DynamoDBClientConfig['credentials'];
}

/** A request that hangs must end before the function that made it does. */
const patience = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/**
 * The only place where clients are made. A send may never be repeated blindly, so SES and SNS try
 * once; what the others are asked is safe to ask again.
 */
export const createClients = (options: ClientOptions = {}): Clients => {
  const common = {
    requestHandler: patience,
    ...defined({ ...options }),
    // The stack of middleware is resolved once per command instead of once per call.
    cacheMiddleware: true,
  };
  return {
    dynamodb: new DynamoDBClient({ ...common, maxAttempts: 4 }),
    sfn: new SFNClient({ ...common, maxAttempts: 4 }),
    secretsmanager: new SecretsManagerClient({ ...common, maxAttempts: 4 }),
    ses: new SESClient({ ...common, maxAttempts: 1 }),
    sns: new SNSClient({ ...common, maxAttempts: 1 }),
  };
};

// An explicit `undefined` would hide what the SDK finds in the environment.
const defined = <T extends object>(options: T): Partial<T> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
