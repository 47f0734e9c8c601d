import type {
  CreateStateMachineInput,
  CreateStateMachineOutput,
  DeleteStateMachineInput,
  DescribeStateMachineInput,
  DescribeStateMachineOutput,
  ListStateMachinesInput,
  ListStateMachinesOutput,
  UpdateStateMachineInput,
  UpdateStateMachineOutput,
  ValidateStateMachineDefinitionInput,
  ValidateStateMachineDefinitionOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../aws-error.ts';
import { checkDefinition } from '../definition/check.ts';
import { explainDiagnostics } from '../definition/diagnostic.ts';
import type { MachineRow, VersionRow } from '../store/machines.ts';
import { beingDeleted, missingMachine, parseMachineArn } from './arns.ts';
import { checkName, invalid, pageOf, required, slicePage } from './input.ts';
import { activeMachine, type Service } from './service.ts';
import { publishVersion } from './versions.ts';

const refuseInvalid = (definition: string): void => {
  const found = checkDefinition(definition);
  if (found.length > 0) throw new AwsError('InvalidDefinition', explainDiagnostics(found));
};

type Configurations = Pick<
  CreateStateMachineInput,
  'loggingConfiguration' | 'tracingConfiguration' | 'encryptionConfiguration'
>;

const optionsOf = (input: Configurations, before: Configurations = {}): string => {
  const {
    loggingConfiguration = before.loggingConfiguration ?? { includeExecutionData: false, level: 'OFF' },
    tracingConfiguration = before.tracingConfiguration ?? { enabled: false },
    encryptionConfiguration = before.encryptionConfiguration,
  } = input;
  return JSON.stringify({ loggingConfiguration, tracingConfiguration, encryptionConfiguration });
};

const checkPublish = ({
  publish,
  versionDescription,
}: {
  publish?: boolean;
  versionDescription?: string;
}) => {
  if (versionDescription !== undefined && publish !== true)
    throw invalid('Version description can only be set when publish is true');
};

const create = (service: Service, input: CreateStateMachineInput): CreateStateMachineOutput => {
  const { machines, clock, machinery, account } = service;
  const name = checkName(required(input, 'name'));
  const definition = required(input, 'definition');
  const role = required(input, 'roleArn');
  checkPublish(input as { publish?: boolean; versionDescription?: string });
  if (input.type !== undefined && input.type !== 'STANDARD')
    throw new AwsError(
      'StateMachineTypeNotSupported',
      'The embedded Step Functions runs STANDARD workflows only',
    );
  const arn = `arn:aws:states:${machinery.region}:${account}:stateMachine:${name}`;
  const options = optionsOf(input);
  const known = machines.machine(arn);
  if (known) return repeated(service, known, definition, options, input);
  refuseInvalid(definition);
  const now = clock.now();
  const made: MachineRow = {
    ...{
      arn,
      name,
      status: 'ACTIVE',
      role,
      options,
      revision: null,
      created: now,
      updated: now,
      versions: 0,
    },
    definition: machines.definitions.save(definition),
  };
  machines.saveMachine(made);
  return created(service, made, input);
};

const created = (
  service: Service,
  machine: MachineRow,
  input: CreateStateMachineInput,
): CreateStateMachineOutput => ({
  stateMachineArn: machine.arn,
  creationDate: new Date(machine.created),
  ...(input.publish && {
    stateMachineVersionArn: publishVersion(service, machine, input.versionDescription).arn,
  }),
});

/** The same request again gives the same answer; role and tags are not compared. */
const repeated = (
  service: Service,
  known: MachineRow,
  definition: string,
  options: string,
  input: CreateStateMachineInput,
): CreateStateMachineOutput => {
  if (known.status === 'DELETING') throw beingDeleted(known.arn);
  const same =
    service.machines.definitions.textOf(known.definition) === definition && known.options === options;
  if (!same) throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${known.arn}'`);
  return created(service, known, input);
};

const update = (service: Service, input: UpdateStateMachineInput): UpdateStateMachineOutput => {
  const { machines, clock } = service;
  const { arn, qualifier } = parseMachineArn(required(input, 'stateMachineArn'));
  if (qualifier !== undefined) throw missingMachine(arn);
  checkPublish(input as { publish?: boolean; versionDescription?: string });
  const before = activeMachine(service, arn);
  const { definition, roleArn, loggingConfiguration, tracingConfiguration } = input;
  if (
    !definition &&
    !roleArn &&
    !loggingConfiguration &&
    !tracingConfiguration &&
    !input.encryptionConfiguration
  )
    throw new AwsError(
      'MissingRequiredParameter',
      'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    );
  if (definition !== undefined) refuseInvalid(definition);
  const after: MachineRow = {
    ...before,
    definition: definition === undefined ? before.definition : machines.definitions.save(definition),
    role: roleArn ?? before.role,
    options: optionsOf(input, JSON.parse(before.options)),
    updated: clock.now(),
  };
  if (hasChanged(before, after)) after.revision = service.newUuid();
  machines.saveMachine(after);
  return {
    updateDate: new Date(after.updated),
    ...(after.revision !== null && { revisionId: after.revision }),
    ...(input.publish && {
      stateMachineVersionArn: publishVersion(service, after, input.versionDescription).arn,
    }),
  };
};

const hasChanged = (before: MachineRow, after: MachineRow): boolean =>
  before.definition !== after.definition || before.role !== after.role || before.options !== after.options;

const describeRow = (
  service: Service,
  row: MachineRow | VersionRow,
  name: string,
): DescribeStateMachineOutput => {
  const { loggingConfiguration, tracingConfiguration, encryptionConfiguration } = JSON.parse(
    row.options,
  ) as Configurations;
  const text = 'description' in row ? row.description : null;
  return {
    stateMachineArn: row.arn,
    name,
    status: 'status' in row ? row.status : 'ACTIVE',
    definition: service.machines.definitions.textOf(row.definition),
    roleArn: row.role,
    type: 'STANDARD',
    creationDate: new Date(row.created),
    loggingConfiguration,
    tracingConfiguration,
    ...(encryptionConfiguration && { encryptionConfiguration }),
    ...(row.revision !== null && { revisionId: row.revision }),
    ...(text !== null && { description: text }),
  };
};

const describe = (service: Service, input: DescribeStateMachineInput): DescribeStateMachineOutput => {
  const { arn, name, qualifier } = parseMachineArn(required(input, 'stateMachineArn'));
  const row = qualifier === undefined ? service.machines.machine(arn) : service.machines.version(arn);
  if (!row) throw missingMachine(arn);
  return describeRow(service, row, name);
};

const list = ({ machines }: Service, input: ListStateMachinesInput): ListStateMachinesOutput => {
  const { items, nextToken } = slicePage(machines.machines(), pageOf(input));
  const stateMachines = items.map(({ arn, name, created: at }) => ({
    stateMachineArn: arn,
    name,
    type: 'STANDARD' as const,
    creationDate: new Date(at),
  }));
  return { stateMachines, ...(nextToken !== undefined && { nextToken }) };
};

/** Executions that still run end when they next change state; the machine goes with the last of them. */
const remove = ({ machines, executions, deleting }: Service, input: DeleteStateMachineInput): object => {
  const { arn } = parseMachineArn(required(input, 'stateMachineArn'));
  const machine = machines.machine(arn);
  if (!machine || machine.status === 'DELETING') return {};
  const running = executions.countRunning(arn);
  if (running === 0) {
    machines.removeMachine(arn);
  } else {
    machines.saveMachine({ ...machine, status: 'DELETING' });
    deleting.set(arn, running);
  }
  return {};
};

const validate = (input: ValidateStateMachineDefinitionInput): ValidateStateMachineDefinitionOutput => {
  const found = checkDefinition(input.definition ?? '');
  const limit = input.maxResults || 100;
  return {
    result: found.length === 0 ? 'OK' : 'FAIL',
    diagnostics: found.slice(0, limit),
    truncated: found.length > limit,
  };
};

/** State machines: made, changed, described, deleted. */
export const machineOperations = (service: Service) => {
  const { db } = service;
  return {
    CreateStateMachine: (input: CreateStateMachineInput) => db.write(() => create(service, input)),
    UpdateStateMachine: (input: UpdateStateMachineInput) => db.write(() => update(service, input)),
    DescribeStateMachine: (input: DescribeStateMachineInput) => db.read(() => describe(service, input)),
    ListStateMachines: (input: ListStateMachinesInput) => db.read(() => list(service, input)),
    DeleteStateMachine: (input: DeleteStateMachineInput) => db.write(() => remove(service, input)),
    ValidateStateMachineDefinition: async (input: ValidateStateMachineDefinitionInput) => validate(input),
  };
};
