import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Settings } from '#aws/function-context';
import { AwsError } from '#infra/local/aws-error';
import { createWire } from '#infra/local/wire/answer';
import { type Need, needsOf } from '#infra/local/wire/grants';
import type { Execute, ServiceName, Services } from '#infra/local/wire/model';
import type { Policy } from './policies.ts';

export interface Asked extends Need {
  function: string;
  allowed: boolean;
}

export interface AwsDoor {
  url: string;
  /** Everything that functions asked for. */
  asked: readonly Asked[];
  close(): Promise<void>;
}

export interface DoorOptions {
  services: Services;
  settings: Settings;
  policyOf: (functionName: string) => Policy;
}

/** AWS's endpoint as functions see it: who asks stands in the signature, what it may do in its role's policy. */
export const openDoor = async ({ services, settings, policyOf }: DoorOptions): Promise<AwsDoor> => {
  const asked: Asked[] = [];
  const answers = new Map<string, ReturnType<typeof createWire>>();
  const guardFor = (name: string): Services => {
    const guard =
      (service: ServiceName): Execute =>
      async (operation, input) => {
        for (const need of allNeeds(service, operation, input, settings)) {
          const allowed = policyOf(name).allows(need);
          asked.push({ function: name, ...need, allowed });
          if (!allowed) throw denied(name, need);
        }
        return services[service](operation, input, { caller: name });
      };
    return {
      dynamodb: guard('dynamodb'),
      secretsmanager: guard('secretsmanager'),
      sfn: guard('sfn'),
      ses: guard('ses'),
      sns: guard('sns'),
    };
  };
  /** The embedded AWS has no bus: what comes is counted, and refused where the role does not allow it. */
  const putEvents = (name: string, chunks: readonly Uint8Array[]): string => {
    const need = { action: 'events:PutEvents', resource: busOf(settings) };
    const allowed = policyOf(name).allows(need);
    asked.push({ function: name, ...need, allowed });
    const { Entries } = JSON.parse(Buffer.concat(chunks).toString()) as { Entries: object[] };
    return JSON.stringify({ FailedEntryCount: allowed ? 0 : Entries.length, Entries: [] });
  };
  const server = createServer(async (request, response) => {
    const [, name = ''] = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const answer = answers.get(name) ?? createWire(guardFor(name));
    answers.set(name, answer);
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    const headers = request.headers as Record<string, string | undefined>;
    if (headers['x-amz-target'] === 'AWSEvents.PutEvents') return void response.end(putEvents(name, chunks));
    const { statusCode, headers: out, body } = await answer({ headers, body: Buffer.concat(chunks) });
    response.writeHead(statusCode, out).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};

const busOf = ({ region, account }: Settings): string =>
  `arn:aws:events:${region}:${account}:event-bus/default`;

/** A mail needs the identity that it is from, and the configuration set that it names: closer than one machine asks. */
const allNeeds = (service: ServiceName, operation: string, input: unknown, settings: Settings): Need[] => {
  const needs = needsOf[service](operation, input as Record<string, unknown>, settings);
  if (operation !== 'SendRawEmail') return needs;
  const { Source = '', ConfigurationSetName } = input as { Source?: string; ConfigurationSetName?: string };
  const arn = (rest: string): string => `arn:aws:ses:${settings.region}:${settings.account}:${rest}`;
  const domain = /@([^>\s]+)/.exec(Source)?.[1] ?? 'nobody';
  return [
    { action: 'ses:SendRawEmail', resource: arn(`identity/${domain}`) },
    ...(ConfigurationSetName
      ? [{ action: 'ses:SendRawEmail', resource: arn(`configuration-set/${ConfigurationSetName}`) }]
      : []),
  ];
};

const denied = (name: string, { action, resource }: Need): AwsError =>
  new AwsError(
    'AccessDeniedException',
    `${name} is not authorized to perform: ${action} on resource: ${resource}`,
  );
