import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { LambdaHandler } from '#aws/function-context';
import { createWorld, type World } from '#infra/local/world';
import type { FunctionEntry } from '#infra/manifest';
import type { Deployed, Json, Resource } from './assembly.ts';
import { type AwsDoor, openDoor } from './door.ts';
import { type Policy, policyOf } from './policies.ts';
import { createResolver, type Resolver } from './resolve.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { recordOf } from './wiring.ts';

export interface FromTemplate {
  world: World;
  /** What functions asked of AWS, and whether their roles let them. */
  asked: AwsDoor['asked'];
  /** What the function behind the custom resource told CloudFormation. */
  told: Json;
  /** Functions whose code was run. */
  run(): string[];
  close(): Promise<void>;
}

export interface FromTemplateOptions {
  start: number;
  /** Takes away from what a role allows. */
  withhold?: (functionName: string, need: { action: string; resource: string }) => boolean;
}

/** The embedded world with tables, functions, wiring, permissions and machines of the templates, and nothing else. */
export const deployTemplates = async (
  deployed: Deployed,
  { start, withhold }: FromTemplateOptions,
): Promise<FromTemplate> => {
  const resolver = createResolver(deployed);
  const functions = deployed
    .all('AWS::Lambda::Function')
    // CDK's own, which copies the console's files, has none.
    .filter((fn) => fn.Properties.FunctionName !== undefined)
    .map((fn) => functionOf(deployed, resolver, fn));
  const byName = new Map(functions.map((fn) => [fn.record.name, fn]));
  const sandboxes = new Map<string, Sandbox>();
  const ready = Promise.withResolvers<AwsDoor>();
  // What a schedule calls before the folder is there finds no client, and would be called again.
  const deployment = Promise.withResolvers<void>();
  const manifest = functions.map((fn): FunctionEntry => {
    const handle: LambdaHandler = async (event) => {
      const door = await ready.promise;
      if ((event as { source?: unknown }).source === 'schedule') await deployment.promise;
      const sandbox = sandboxes.get(fn.record.name) ?? openSandbox(within(fn, door.url));
      sandboxes.set(fn.record.name, sandbox);
      return sandbox.call(event, world.clock.now());
    };
    return { record: fn.record, load: async () => ({ createHandler: () => handle }) };
  });
  const world = await createWorld({
    ...{
      start,
      seed: 1,
      manifest,
      // What is withheld fails, and says so each time.
      logLevel: withhold ? 'silent' : 'error',
      client: join(folderOf(functions), 'client'),
    },
    intercept: ({ operation, input }, next) => {
      if (operation === 'CreateTable') asInTemplate(deployed, resolver, input as Json);
      if (operation === 'CreateSecret') inTemplate(deployed, resolver, input as Json);
      return next();
    },
  });
  const policies = new Map([...byName].map(([name, { policy }]) => [name, policy]));
  const door = await openDoor({
    ...{ services: world.services, settings: world.settings },
    policyOf: (name) => ({
      allows: (need) => !withhold?.(name, need) && policies.get(name)?.allows(need) === true,
    }),
  });
  ready.resolve(door);
  const told = await deploy(deployed, resolver, world);
  deployment.resolve();
  return {
    ...{ world, asked: door.asked, told },
    run: () => [...sandboxes.keys()].sort(),
    async close() {
      await world.close();
      await Promise.all([...sandboxes.values()].map((sandbox) => sandbox.close()));
      await door.close();
    },
  };
};

interface TemplateFunction {
  record: FunctionEntry['record'];
  policy: Policy;
  code: string;
  layer: string | undefined;
  handler: string;
  environment: Record<string, string>;
}

const functionOf = (deployed: Deployed, resolver: Resolver, fn: Resource): TemplateFunction => {
  const properties = resolver.of(fn);
  const [roleId] = fn.Properties.Role['Fn::GetAtt'];
  const role = deployed.get(fn.stack, roleId);
  const layers: Json[] = fn.Properties.Layers ?? [];
  return {
    record: recordOf(deployed, resolver, fn),
    policy: policyOf(deployed, resolver, role),
    code: deployed.asset(properties.Code.S3Key),
    layer:
      layers.length > 0
        ? deployed.asset(deployed.get(fn.stack, layers[0].Ref).Properties.Content.S3Key)
        : undefined,
    handler: properties.Handler,
    environment: { ...properties.Environment.Variables, AWS_REGION: deployed.region },
  };
};

const within = ({ record, environment, ...fn }: TemplateFunction, endpoint: string) => ({
  ...fn,
  timeoutSeconds: record.timeoutSeconds,
  environment: {
    ...environment,
    AWS_LAMBDA_FUNCTION_NAME: record.name,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: record.name,
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  },
});

/** The folder that the deployment ships. */
const folderOf = (functions: readonly TemplateFunction[]): string =>
  functions.find(({ layer }) => layer !== undefined)!.layer!;

/** The world asks for its tables; it gets them as the template has them, or not at all. */
const asInTemplate = (deployed: Deployed, { of }: Resolver, input: Json): void => {
  const table = deployed
    .all('AWS::DynamoDB::Table')
    .map(of)
    .find(({ TableName }) => TableName === input.TableName);
  if (!table) throw new Error(`The templates have no table ${input.TableName}.`);
  for (const member of Object.keys(input)) delete input[member];
  const { StreamSpecification: stream, TimeToLiveSpecification: expiry, ...rest } = table;
  if (expiry?.Enabled !== true) throw new Error(`${rest.TableName} forgets nothing.`);
  for (const member of copied) if (rest[member] !== undefined) input[member] = rest[member];
  if (stream) input.StreamSpecification = { StreamEnabled: true, ...stream };
};
/** As the template has it: nothing is in it. */
const inTemplate = (deployed: Deployed, { of }: Resolver, { Name }: Json): void => {
  const secrets = deployed.all('AWS::SecretsManager::Secret').map(of);
  const secret = secrets.find((one) => one.Name === Name);
  if (!secret) throw new Error(`The templates have no secret ${Name}.`);
  if (secret.SecretString !== undefined || secret.GenerateSecretString !== undefined)
    throw new Error(`Something is in ${Name} before a function wrote it.`);
};
const copied = [
  ...['TableName', 'BillingMode', 'AttributeDefinitions', 'KeySchema'],
  ...['LocalSecondaryIndexes', 'GlobalSecondaryIndexes'],
];

/** CloudFormation's part: machines, their versions, and the function behind the custom resource. */
const deploy = async (deployed: Deployed, resolver: Resolver, world: World): Promise<Json> => {
  for (const machine of deployed.all('AWS::StepFunctions::StateMachine'))
    await makeMachine(deployed, resolver, world, machine);
  for (const version of deployed.all('AWS::StepFunctions::StateMachineVersion')) {
    const [machineId] = version.Properties.StateMachineArn['Fn::GetAtt'];
    const machine = deployed.get(version.stack, machineId);
    const stateMachineArn = resolver.value(version.stack, { 'Fn::GetAtt': [machine.id, 'Arn'] });
    const { stateMachineVersionArn } = (await world.services.sfn('PublishStateMachineVersion', {
      stateMachineArn,
    })) as Json;
    resolver.learn(version, 'Arn', stateMachineVersionArn);
  }
  const [custom] = deployed.all('Custom::WayleafFolder');
  const ResourceProperties = resolver.of(custom!);
  return callCustomResource(world, ResourceProperties);
};

const makeMachine = async (
  deployed: Deployed,
  resolver: Resolver,
  world: World,
  machine: Resource,
): Promise<void> => {
  const {
    StateMachineName: name,
    DefinitionString,
    DefinitionS3Location: at,
    RoleArn: roleArn,
  } = resolver.of(machine);
  const definition = DefinitionString ?? readFileSync(deployed.asset(at.Key), 'utf8');
  refuseUnlessAllowed(deployed, resolver, machine, definition);
  await world.services.sfn('CreateStateMachine', { name, definition, roleArn, type: 'STANDARD' });
};

/** Its role must let it call each function that it names. */
const refuseUnlessAllowed = (
  deployed: Deployed,
  resolver: Resolver,
  machine: Resource,
  definition: string,
): void => {
  const [roleId] = machine.Properties.RoleArn['Fn::GetAtt'];
  const policy = policyOf(deployed, resolver, deployed.get(machine.stack, roleId));
  for (const [, name] of definition.matchAll(/"FunctionName":\s*"([^"]+)"/g)) {
    const resource = `arn:aws:lambda:${deployed.region}:${deployed.account}:function:${name}`;
    if (!policy.allows({ action: 'lambda:InvokeFunction', resource }))
      throw new Error(`${machine.id} may not call ${name}.`);
  }
};

/** As CloudFormation does: the answer comes by another way. */
const callCustomResource = async (world: World, properties: Json): Promise<Json> => {
  const told: Json[] = [];
  const server = createServer((request, response) => {
    request.on('data', (data: Buffer) => told.push(JSON.parse(data.toString())));
    request.on('end', () => response.end());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { ServiceToken, ...ResourceProperties } = properties;
  const ResponseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const ids = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Deployment' };
  const name = ServiceToken.slice(ServiceToken.lastIndexOf(':') + 1);
  await world.invoke(name, { RequestType: 'Create', ResponseURL, ...ids, ResourceProperties });
  server.close();
  return told[0];
};
