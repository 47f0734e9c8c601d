import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SESClient } from '@aws-sdk/client-ses';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { Prepare } from '#channels/order';
import type { Clock } from '#kernel/clock';
import type { Simulate } from '#model/simulation';
import type { Web } from '#web/web';
import type { Tell } from './event-bus.ts';
import type { FunctionRecord } from './function-record.ts';
import type { Measure } from './metrics.ts';
import type { ReadStream } from './stream-range.ts';

/** Where things are, for one client. On AWS from the environment, on one machine from the world. */
export interface Settings {
  client: string;
  region: string;
  account: string;
  mainTable: string;
  catalogueTable: string;
  auditTable: string;
  /** Name of the function that the machines call. */
  runStepFunction: string;
  /** State machines are named `<prefix><journey id>`. */
  machinePrefix: string;
  machineRoleArn: string;
  /** Holds a click until it is known whether others came with it. */
  clickMachineArn: string;
  /** Name of the secret that holds the link keys a second time. */
  linkKeysSecret: string;
  /** `https://…` without a slash at the end: where `/u/`, `/c/`, `/o/` and `/v1/` are served. */
  baseUrl: string;
  sesConfigurationSet: string;
  /** `arn:aws:sns:…:<prefix>` + team id. */
  teamTopicPrefix: string;
  /** How long events, ended runs, steps and messages are kept. */
  retentionSeconds: number;
  /** How long it is kept who did what. */
  auditRetentionSeconds: number;
}

/** Handed to every `createHandler`. No handler knows in which world it runs. */
export interface FunctionContext {
  /** What the function is: the door asks it who may come in. */
  record: FunctionRecord;
  aws: {
    dynamodb: DynamoDBClient;
    secretsmanager: SecretsManagerClient;
    ses: SESClient;
    sfn: SFNClient;
    sns: SNSClient;
  };
  /** Other people's servers, for webhooks. */
  web: Web;
  clock: Clock;
  settings: Settings;
  log: Log;
  /** Figures for the dashboard; absent where nobody collects them. */
  measure?: Measure;
  /** Tells other systems what happened; absent where nobody could listen. */
  tell?: Tell;
  /** Reads a part of the main table's stream again; only for functions that are granted it. */
  readStream?: ReadStream;
  /** Lets time pass within a call; absent where a call takes no time and the caller is told when to call again. */
  pause?: (ms: number) => Promise<void>;
  /** Makes messages elsewhere, where that leaves this thread free; absent where a call has a processor to itself. */
  prepare?: Prepare;
  /** Only for the function whose record holds the simulator. */
  simulate?: Simulate;
}

/** Structured, ids only: never an address, a body or a token. */
export interface Log {
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}

/** What AWS Lambda calls. */
export type LambdaHandler = (
  event: unknown,
  context?: { awsRequestId?: string; getRemainingTimeInMillis?(): number },
) => Promise<unknown>;
