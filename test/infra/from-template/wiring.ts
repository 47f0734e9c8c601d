import type { FunctionRecord, Trigger } from '#aws/function-record';
import type { Deployed, Json, Resource } from './assembly.ts';
import type { Resolver } from './resolve.ts';

/** A function's triggers as the templates wire them; nothing reaches a function without a permission for it. */
const triggersOf = (deployed: Deployed, resolver: Resolver, functionArn: string): Trigger[] => {
  const permissions = permissionsFor(deployed, resolver, functionArn);
  const may = (principal: string): boolean => permissions.includes(`${principal}.amazonaws.com`);
  return [
    ...(may('apigateway') ? routesTo(deployed, resolver, functionArn) : []),
    ...(may('sns') ? topicsOf(deployed, resolver, functionArn) : []),
    ...(may('events') ? rulesOf(deployed, resolver, functionArn) : []),
    ...streamsOf(deployed, resolver, functionArn),
  ];
};

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

const permissionsFor = (deployed: Deployed, { of }: Resolver, functionArn: string): string[] =>
  deployed
    .all('AWS::Lambda::Permission')
    .map((permission) => of(permission))
    .filter(({ FunctionName }) => FunctionName === functionArn || FunctionName === nameOf(functionArn))
    .map(({ Principal }) => Principal as string);

const routesTo = (deployed: Deployed, { of }: Resolver, functionArn: string): Trigger[] => {
  const integrations = deployed
    .all('AWS::ApiGatewayV2::Integration')
    .filter((integration) => of(integration).IntegrationUri === functionArn);
  return deployed.all('AWS::ApiGatewayV2::Route').flatMap((route): Trigger[] => {
    const { Target, RouteKey } = of(route);
    if (!integrations.some(({ id, stack }) => stack === route.stack && Target === `integrations/${id}`))
      return [];
    const [method, path] = RouteKey.split(' ');
    return [{ kind: 'http', method, path, access: 'public' }];
  });
};

const topicsOf = (deployed: Deployed, { of }: Resolver, functionArn: string): Trigger[] =>
  deployed
    .all('AWS::SNS::Subscription')
    .map((subscription) => of(subscription))
    .filter(({ Endpoint, Protocol }) => Protocol === 'lambda' && Endpoint === functionArn)
    .map(({ TopicArn }): Trigger => {
      const topic = (['ses-events', 'inbound-sms', 'push-events'] as const).find((end) =>
        TopicArn.endsWith(`-${end}`),
      );
      if (!topic) throw new Error(`Nothing publishes to ${TopicArn}.`);
      return { kind: 'topic', topic };
    });

const rulesOf = (deployed: Deployed, { of }: Resolver, functionArn: string): Trigger[] =>
  deployed
    .all('AWS::Events::Rule')
    .map((rule) => of(rule))
    .filter(
      ({ Targets, State }) => State === 'ENABLED' && Targets.some(({ Arn }: Json) => Arn === functionArn),
    )
    .map(({ ScheduleExpression, EventPattern }): Trigger => {
      if (EventPattern) return { kind: 'execution-status', statuses: EventPattern.detail.status };
      const [, every, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(ScheduleExpression) ?? [];
      const minutes = { minute: 1, hour: 60, day: 1440 }[unit as 'minute' | 'hour' | 'day'];
      return { kind: 'schedule', everyMinutes: Number(every) * minutes };
    });

const streamsOf = (deployed: Deployed, { of }: Resolver, functionArn: string): Trigger[] =>
  deployed
    .all('AWS::Lambda::EventSourceMapping')
    .map((mapping) => of(mapping))
    .filter(({ FunctionName }) => FunctionName === nameOf(functionArn))
    .map(({ BatchSize, EventSourceArn, MaximumBatchingWindowInSeconds, FilterCriteria }): Trigger => {
      if (EventSourceArn.startsWith('arn:aws:sqs:')) return { kind: 'failures' };
      const filters: Json[] = FilterCriteria.Filters.map(({ Pattern }: Json) => JSON.parse(Pattern));
      return {
        kind: 'stream',
        events: filters.flatMap(({ eventName }) => eventName),
        sortKeys: filters[0].dynamodb.Keys.sk.S.map(({ prefix }: Json) => prefix),
        batchSize: BatchSize,
        windowSeconds: MaximumBatchingWindowInSeconds,
      };
    });

/** What the embedded world needs to know of a function; what it may do is asked of its role instead. */
export const recordOf = (deployed: Deployed, resolver: Resolver, fn: Resource): FunctionRecord => {
  const { FunctionName, Description, Timeout, MemorySize } = resolver.of(fn);
  const functionArn = resolver.value(fn.stack, { 'Fn::GetAtt': [fn.id, 'Arn'] });
  return {
    name: FunctionName.split('-').slice(2).join('-'),
    room: 'api',
    description: Description,
    triggers: triggersOf(deployed, resolver, functionArn),
    grants: [],
    timeoutSeconds: Timeout,
    memoryMegabytes: MemorySize,
  };
};
