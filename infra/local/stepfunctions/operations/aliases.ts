import type {
  CreateStateMachineAliasInput,
  CreateStateMachineAliasOutput,
  DeleteStateMachineAliasInput,
  DescribeStateMachineAliasInput,
  DescribeStateMachineAliasOutput,
  ListStateMachineAliasesInput,
  ListStateMachineAliasesOutput,
  RoutingConfigurationListItem,
  UpdateStateMachineAliasInput,
  UpdateStateMachineAliasOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../aws-error.ts';
import type { AliasRow, Route } from '../store/machines.ts';
import { missingMachine, parseMachineArn } from './arns.ts';
import { atMost, invalid, matching, pageOf, required, slicePage } from './input.ts';
import { activeMachine, type Service } from './service.ts';

const namePattern = /^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]+$/;

const missingResource = (): AwsError =>
  new AwsError('ResourceNotFound', 'Request references a resource that does not exist.');

const checkRouting = (
  service: Service,
  given: readonly RoutingConfigurationListItem[] | undefined,
): Route[] => {
  const routes = (given ?? []).map(({ stateMachineVersionArn = '', weight = 0 }) => ({
    stateMachineVersionArn,
    weight,
  }));
  const arns = routes.map((route) => route.stateMachineVersionArn);
  const weights = routes.map((route) => route.weight);
  if (routes.length < 1 || routes.length > 2)
    throw invalid('Routing configuration must contain one or two versions.');
  if (new Set(arns).size !== arns.length)
    throw invalid(
      `Routing configuration must contain distinct state machine version ARNs. Received: [${arns.join(', ')}]`,
    );
  if (weights.some((weight) => !Number.isInteger(weight) || weight < 0 || weight > 100))
    throw invalid(`Weights must be integers between 0 and 100. Received: [${weights.join(', ')}]`);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100)
    throw invalid(`Sum of routing configuration weights must equal 100. Received: [${weights.join(', ')}]`);
  checkVersions(service, arns);
  return routes;
};

const checkVersions = (service: Service, arns: readonly string[]): void => {
  const parsed = arns.map(parseMachineArn);
  if (!parsed.every((arn) => arn.isVersion))
    throw invalid(
      `Routing configuration must contain state machine version ARNs. Received: [${arns.join(', ')}]`,
    );
  if (new Set(parsed.map((arn) => arn.machine)).size > 1)
    throw invalid('Routing configuration must contain versions of one state machine.');
  activeMachine(service, (parsed[0] as { machine: string }).machine);
  if (!arns.every((arn) => service.machines.version(arn))) throw missingResource();
};

const create = (service: Service, input: CreateStateMachineAliasInput): CreateStateMachineAliasOutput => {
  const { machines, clock } = service;
  const name = required(input, 'name');
  atMost(input, 'name', 80);
  matching(name, 'name', namePattern);
  atMost(input, 'description', 256);
  const routing = JSON.stringify(checkRouting(service, input.routingConfiguration));
  const { machine } = parseMachineArn(input.routingConfiguration?.[0]?.stateMachineVersionArn as string);
  const arn = `${machine}:${name}`;
  const description = input.description ?? null;
  const known = machines.alias(arn);
  if (known && (known.routing !== routing || known.description !== description))
    throw new AwsError(
      'ConflictException',
      'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
    );
  const now = clock.now();
  const alias: AliasRow = known ?? { arn, machine, name, description, routing, created: now, updated: now };
  if (!known) machines.saveAlias(alias);
  return { stateMachineAliasArn: arn, creationDate: new Date(alias.created) };
};

const update = (service: Service, input: UpdateStateMachineAliasInput): UpdateStateMachineAliasOutput => {
  const { machines, clock } = service;
  const { arn } = parseMachineArn(required(input, 'stateMachineAliasArn'));
  const { description, routingConfiguration } = input;
  if (description === undefined && routingConfiguration === undefined)
    throw new AwsError(
      'MissingRequiredParameter',
      'Either the description or the routing configuration must be specified',
    );
  const alias = machines.alias(arn);
  if (!alias) throw missingResource();
  const routing = routingConfiguration
    ? JSON.stringify(checkRouting(service, routingConfiguration))
    : alias.routing;
  const updated = clock.now();
  machines.saveAlias({ ...alias, routing, description: description ?? alias.description, updated });
  return { updateDate: new Date(updated) };
};

const describe = (
  { machines }: Service,
  input: DescribeStateMachineAliasInput,
): DescribeStateMachineAliasOutput => {
  const alias = machines.alias(parseMachineArn(required(input, 'stateMachineAliasArn')).arn);
  if (!alias) throw missingResource();
  return {
    stateMachineAliasArn: alias.arn,
    name: alias.name,
    ...(alias.description !== null && { description: alias.description }),
    routingConfiguration: JSON.parse(alias.routing),
    creationDate: new Date(alias.created),
    updateDate: new Date(alias.updated),
  };
};

const list = ({ machines }: Service, input: ListStateMachineAliasesInput): ListStateMachineAliasesOutput => {
  const { machine } = parseMachineArn(required(input, 'stateMachineArn'));
  if (!machines.machine(machine)) throw missingMachine(machine);
  const { items, nextToken } = slicePage(machines.aliasesOf(machine), pageOf(input));
  const stateMachineAliases = items.map((alias) => ({
    stateMachineAliasArn: alias.arn,
    creationDate: new Date(alias.created),
  }));
  return { stateMachineAliases, ...(nextToken !== undefined && { nextToken }) };
};

const remove = ({ machines }: Service, input: DeleteStateMachineAliasInput): object => {
  machines.removeAlias(parseMachineArn(required(input, 'stateMachineAliasArn')).arn);
  return {};
};

/** Aliases: names that lead to one version or share executions between two. */
export const aliasOperations = (service: Service) => {
  const { db } = service;
  return {
    CreateStateMachineAlias: (input: CreateStateMachineAliasInput) => db.write(() => create(service, input)),
    UpdateStateMachineAlias: (input: UpdateStateMachineAliasInput) => db.write(() => update(service, input)),
    DescribeStateMachineAlias: (input: DescribeStateMachineAliasInput) =>
      db.read(() => describe(service, input)),
    ListStateMachineAliases: (input: ListStateMachineAliasesInput) => db.read(() => list(service, input)),
    DeleteStateMachineAlias: (input: DeleteStateMachineAliasInput) => db.write(() => remove(service, input)),
  };
};
