import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { systemClock } from '#kernel/clock';
import { createWeb } from '#web/create-web';
import { createClients } from './clients.ts';
import type { FunctionContext, Settings } from './function-context.ts';
import type { FunctionRecord } from './function-record.ts';
import { createLog, logLevels } from './log.ts';

const text = z.string().min(1);

/** What a Lambda finds in its environment; `infra/aws` writes it with `environmentOf`. */
const environmentSchema = z.object({
  AWS_REGION: text,
  AWS_LAMBDA_FUNCTION_NAME: text.optional(),
  WAYLEAF_CLIENT: text,
  WAYLEAF_ACCOUNT: z.string().regex(/^\d{12}$/),
  WAYLEAF_MAIN_TABLE: text,
  WAYLEAF_CATALOGUE_TABLE: text,
  WAYLEAF_AUDIT_TABLE: text,
  WAYLEAF_RUN_STEP_FUNCTION: text,
  WAYLEAF_MACHINE_PREFIX: text,
  WAYLEAF_MACHINE_ROLE_ARN: text,
  WAYLEAF_CLICK_MACHINE_ARN: text,
  WAYLEAF_LINK_KEYS_SECRET: text,
  WAYLEAF_BASE_URL: z.url({ protocol: /^https?$/ }),
  WAYLEAF_CONFIGURATION_SET: text,
  WAYLEAF_TEAM_TOPIC_PREFIX: text,
  WAYLEAF_RETENTION_SECONDS: z.coerce.number().int().positive(),
  WAYLEAF_AUDIT_RETENTION_SECONDS: z.coerce.number().int().positive(),
  WAYLEAF_LOG_LEVEL: z.enum(logLevels).default('info'),
});

/** The context of a function on AWS. Throws, naming every variable that is missing or wrong. */
export const createContext = (
  record: FunctionRecord,
  environment: Record<string, string | undefined> = process.env,
): FunctionContext => {
  const read = environmentSchema.safeParse(environment);
  if (!read.success)
    throw new Error(`The environment is not that of a Wayleaf function:\n${z.prettifyError(read.error)}`);
  const { AWS_LAMBDA_FUNCTION_NAME: name, WAYLEAF_LOG_LEVEL: level } = read.data;
  return {
    record,
    aws: createClients({ region: read.data.AWS_REGION }),
    web: createWeb(),
    clock: systemClock,
    pause: async (ms) => void (await setTimeout(ms)),
    settings: settingsIn(read.data),
    log: createLog({ level, ...(name ? { fields: { function: name } } : {}) }),
  };
};

const settingsIn = (environment: z.infer<typeof environmentSchema>): Settings => ({
  client: environment.WAYLEAF_CLIENT,
  region: environment.AWS_REGION,
  account: environment.WAYLEAF_ACCOUNT,
  mainTable: environment.WAYLEAF_MAIN_TABLE,
  catalogueTable: environment.WAYLEAF_CATALOGUE_TABLE,
  auditTable: environment.WAYLEAF_AUDIT_TABLE,
  runStepFunction: environment.WAYLEAF_RUN_STEP_FUNCTION,
  machinePrefix: environment.WAYLEAF_MACHINE_PREFIX,
  machineRoleArn: environment.WAYLEAF_MACHINE_ROLE_ARN,
  clickMachineArn: environment.WAYLEAF_CLICK_MACHINE_ARN,
  linkKeysSecret: environment.WAYLEAF_LINK_KEYS_SECRET,
  baseUrl: environment.WAYLEAF_BASE_URL.replace(/\/+$/, ''),
  sesConfigurationSet: environment.WAYLEAF_CONFIGURATION_SET,
  teamTopicPrefix: environment.WAYLEAF_TEAM_TOPIC_PREFIX,
  retentionSeconds: environment.WAYLEAF_RETENTION_SECONDS,
  auditRetentionSeconds: environment.WAYLEAF_AUDIT_RETENTION_SECONDS,
});

/** The inverse of `createContext`: the variables to set. `AWS_REGION` is set by Lambda itself. */
export const environmentOf = (settings: Omit<Settings, 'region'>): Record<string, string> => ({
  WAYLEAF_CLIENT: settings.client,
  WAYLEAF_ACCOUNT: settings.account,
  WAYLEAF_MAIN_TABLE: settings.mainTable,
  WAYLEAF_CATALOGUE_TABLE: settings.catalogueTable,
  WAYLEAF_AUDIT_TABLE: settings.auditTable,
  WAYLEAF_RUN_STEP_FUNCTION: settings.runStepFunction,
  WAYLEAF_MACHINE_PREFIX: settings.machinePrefix,
  WAYLEAF_MACHINE_ROLE_ARN: settings.machineRoleArn,
  WAYLEAF_CLICK_MACHINE_ARN: settings.clickMachineArn,
  WAYLEAF_LINK_KEYS_SECRET: settings.linkKeysSecret,
  WAYLEAF_BASE_URL: settings.baseUrl,
  WAYLEAF_CONFIGURATION_SET: settings.sesConfigurationSet,
  WAYLEAF_TEAM_TOPIC_PREFIX: settings.teamTopicPrefix,
  WAYLEAF_RETENTION_SECONDS: String(settings.retentionSeconds),
  WAYLEAF_AUDIT_RETENTION_SECONDS: String(settings.auditRetentionSeconds),
});
