import type { Deployed, Json, Resource } from './assembly.ts';

/** Values of a template with every intrinsic function worked out, as CloudFormation would. */
export interface Resolver {
  of(resource: Resource): Json;
  value(stack: string, value: Json): Json;
  /** What only the deployment knows: the ARN of a published version. */
  learn(resource: Resource, attribute: string, value: string): void;
}

export const createResolver = (deployed: Deployed): Resolver => {
  const { account, region } = deployed;
  const learned = new Map<string, string>();
  const arn = (service: string, rest: string): string => `arn:aws:${service}:${region}:${account}:${rest}`;

  const value = (stack: string, given: Json): Json => {
    if (Array.isArray(given)) return given.map((one) => value(stack, one));
    if (typeof given !== 'object' || given === null) return given;
    const [[name, argument] = ['', undefined], ...more] = Object.entries(given) as [string, Json][];
    const known = more.length === 0 ? intrinsics[name] : undefined;
    if (known) return known(stack, argument);
    if (name.startsWith('Fn::') || name === 'Condition') throw new Error(`${name} is not understood here.`);
    return Object.fromEntries(Object.entries(given).map(([key, inner]) => [key, value(stack, inner)]));
  };
  const of = ({ stack, Properties }: Resource): Json => value(stack, Properties);

  const intrinsics: Record<string, (stack: string, argument: Json) => Json> = {
    Ref: (stack, id: string) => pseudo[id] ?? refOf(deployed.get(stack, id)),
    'Fn::GetAtt': (stack, [id, attribute]: [string, string]) =>
      attributeOf(deployed.get(stack, id), attribute),
    'Fn::Join': (stack, [between, parts]: [string, Json]) => value(stack, parts).join(between),
    'Fn::Split': (stack, [at, text]: [string, Json]) => value(stack, text).split(at),
    'Fn::Select': (stack, [index, list]: [number, Json]) => value(stack, list)[Number(index)],
    'Fn::Sub': (stack, text: string) =>
      text.replace(/\$\{([^}]+)\}/g, (_, name) => value(stack, { Ref: name })),
    'Fn::GetStackOutput': (_, { StackName, OutputName }: Json) => {
      const output = deployed.output(StackName, OutputName);
      return value(output.stack, output.value);
    },
  };
  const pseudo: Record<string, string> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };

  /** What CloudFormation answers for `Ref`, by the type. */
  const refOf = (resource: Resource): string => {
    const { Type, id } = resource;
    const named = nameMembers[Type];
    if (named) return of(resource)[named] ?? id;
    if (Type === 'AWS::SNS::Topic' || Type === 'AWS::StepFunctions::StateMachine')
      return attributeOf(resource, 'Arn');
    return id;
  };
  const attributeOf = (resource: Resource, attribute: string): string => {
    const key = `${resource.stack} ${resource.id} ${attribute}`;
    const known = learned.get(key) ?? attributes[resource.Type]?.(resource, attribute);
    if (known === undefined) throw new Error(`${key} (${resource.Type}) is not known.`);
    return known;
  };
  const attributes: Record<string, (resource: Resource, attribute: string) => string | undefined> = {
    'AWS::DynamoDB::Table': (r, a) =>
      arn('dynamodb', `table/${refOf(r)}${a === 'Arn' ? '' : '/stream/local'}`),
    'AWS::Lambda::Function': (r) => arn('lambda', `function:${refOf(r)}`),
    'AWS::Logs::LogGroup': (r) => arn('logs', `log-group:${refOf(r)}:*`),
    'AWS::SQS::Queue': (r) => arn('sqs', r.id),
    'AWS::SNS::Topic': (r) => arn('sns', of(r).TopicName),
    'AWS::KMS::Key': (r) => arn('kms', `key/${r.id}`),
    'AWS::Events::Rule': (r) => arn('events', `rule/${r.id}`),
    'AWS::IAM::Role': (r) => `arn:aws:iam::${account}:role/${refOf(r)}`,
    'AWS::StepFunctions::StateMachine': (r, a) =>
      a === 'Arn' ? arn('states', `stateMachine:${of(r).StateMachineName}`) : undefined,
    'AWS::ApiGatewayV2::Api': (r, a) =>
      a === 'ApiEndpoint' ? `https://${r.id.toLowerCase()}.execute-api.${region}.amazonaws.com` : r.id,
  };

  return {
    of,
    value,
    learn: ({ stack, id }, attribute, text) => void learned.set(`${stack} ${id} ${attribute}`, text),
  };
};

/** Types whose `Ref` is the name that the template gives, or else the id. */
const nameMembers: Record<string, string> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::SES::ConfigurationSet': 'Name',
};
