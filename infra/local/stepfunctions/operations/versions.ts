import type {
  DeleteStateMachineVersionInput,
  ListStateMachineVersionsInput,
  ListStateMachineVersionsOutput,
  PublishStateMachineVersionInput,
  PublishStateMachineVersionOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../aws-error.ts';
import type { MachineRow, Route, VersionRow } from '../store/machines.ts';
import { missingMachine, parseMachineArn } from './arns.ts';
import { atMost, pageOf, required, slicePage } from './input.ts';
import { activeMachine, type Service } from './service.ts';

const mostVersions = 1000;

/** The version of the machine's present revision; made if there is none yet. */
export const publishVersion = (service: Service, machine: MachineRow, description?: string): VersionRow => {
  const { machines, clock } = service;
  const versions = machines.versionsOf(machine.arn);
  const known = versions.find((version) => version.revision === machine.revision);
  if (known) return sameDescription(known, description);
  if (versions.length >= mostVersions)
    throw new AwsError('ServiceQuotaExceededException', `A state machine may have ${mostVersions} versions.`);
  const number = machine.versions + 1;
  const { role, definition, revision, options } = machine;
  const made: VersionRow = {
    ...{ arn: `${machine.arn}:${number}`, machine: machine.arn, number, role, definition, revision, options },
    ...{ description: description ?? null, created: clock.now() },
  };
  machines.saveVersion(made);
  machines.saveMachine({ ...machine, versions: number });
  return made;
};

const sameDescription = (known: VersionRow, description: string | undefined): VersionRow => {
  if (description === undefined || description === known.description) return known;
  throw new AwsError(
    'ConflictException',
    `Version '${known.arn}' of this revision exists already with another description.`,
  );
};

const publish = (
  service: Service,
  input: PublishStateMachineVersionInput,
): PublishStateMachineVersionOutput => {
  const { arn, qualifier } = parseMachineArn(required(input, 'stateMachineArn'));
  if (qualifier !== undefined) throw missingMachine(arn);
  atMost(input, 'description', 256);
  const machine = activeMachine(service, arn);
  const revision = machine.revision ?? 'INITIAL';
  if (input.revisionId !== undefined && input.revisionId !== revision)
    throw new AwsError(
      'ConflictException',
      `The revision of the state machine is '${revision}', not '${input.revisionId}'.`,
    );
  const version = publishVersion(service, machine, input.description);
  return { creationDate: new Date(version.created), stateMachineVersionArn: version.arn };
};

const list = (
  { machines }: Service,
  input: ListStateMachineVersionsInput,
): ListStateMachineVersionsOutput => {
  const { arn } = parseMachineArn(required(input, 'stateMachineArn'));
  if (!machines.machine(arn)) throw missingMachine(arn);
  const { items, nextToken } = slicePage(machines.versionsOf(arn), pageOf(input));
  const stateMachineVersions = items.map((version) => ({
    stateMachineVersionArn: version.arn,
    creationDate: new Date(version.created),
  }));
  return { stateMachineVersions, ...(nextToken !== undefined && { nextToken }) };
};

const refuseReferenced = ({ machines }: Service, version: VersionRow): void => {
  const names = machines
    .aliasesOf(version.machine)
    .filter((alias) =>
      (JSON.parse(alias.routing) as Route[]).some((r) => r.stateMachineVersionArn === version.arn),
    )
    .map((alias) => alias.name);
  if (names.length === 0) return;
  throw new AwsError(
    'ConflictException',
    'Version to be deleted must not be referenced by an alias. ' +
      `Current list of aliases referencing this version: [${names.join(', ')}]`,
  );
};

/** Executions of a deleted version run on; they carry their definition with them. */
const remove = (service: Service, input: DeleteStateMachineVersionInput): object => {
  const { arn } = parseMachineArn(required(input, 'stateMachineVersionArn'));
  const version = service.machines.version(arn);
  if (!version) return {};
  refuseReferenced(service, version);
  service.machines.removeVersion(arn);
  return {};
};

/** Versions: immutable copies of a machine, numbered from 1 and never numbered again. */
export const versionOperations = (service: Service) => {
  const { db } = service;
  return {
    PublishStateMachineVersion: (input: PublishStateMachineVersionInput) =>
      db.write(() => publish(service, input)),
    ListStateMachineVersions: (input: ListStateMachineVersionsInput) => db.read(() => list(service, input)),
    DeleteStateMachineVersion: (input: DeleteStateMachineVersionInput) =>
      db.write(() => remove(service, input)),
  };
};
