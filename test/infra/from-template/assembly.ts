import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';

/** Templates are JSON of many shapes; whoever reads a member knows which. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Json = any;

export interface Resource {
  stack: string;
  id: string;
  Type: string;
  Properties: Json;
}

/** One client's stacks as CloudFormation would get them, and the assets beside them. Nothing else is read. */
export interface Deployed {
  account: string;
  region: string;
  all(type: string): Resource[];
  get(stack: string, id: string): Resource;
  output(stack: string, name: string): { stack: string; value: Json };
  /** Where an asset lies, by its key in the bucket. */
  asset(key: string): string;
}

export const readDeployed = (assembly: CloudAssembly, client: string): Deployed => {
  const stacks = assembly.stacks.filter(({ stackName }) => stackName.startsWith(`wayleaf-${client}-`));
  const templates = new Map(stacks.map(({ stackName, template }) => [stackName, template as Json]));
  const { account, region } = stacks[0]!.environment;
  const resources = [...templates].flatMap(([stack, { Resources }]) =>
    Object.entries(Resources as Record<string, Json>).map(
      ([id, { Type, Properties = {} }]): Resource => ({ stack, id, Type, Properties }),
    ),
  );
  const files = new Map(stacks.flatMap(({ stackName }) => filesOf(assembly.directory, stackName)));
  return {
    ...{ account, region },
    all: (type) => resources.filter(({ Type }) => Type === type),
    get: (stack, id) =>
      found(
        resources.find((r) => r.stack === stack && r.id === id),
        `${stack} ${id}`,
      ),
    output: (stack, name) => {
      const { Value: value } = found(templates.get(stack)?.Outputs?.[name], `output ${stack} ${name}`);
      return { stack, value };
    },
    asset: (key) => found(files.get(key), `asset ${key}`),
  };
};

const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`The templates have no ${what}.`);
  return value;
};

/** The assets' manifest says which file goes to which key. */
const filesOf = (directory: string, stack: string): [string, string][] => {
  const file = join(directory, `${stack}.assets.json`);
  if (!existsSync(file)) return [];
  const { files } = JSON.parse(readFileSync(file, 'utf8')) as { files: Record<string, Json> };
  return Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations as Json).map(({ objectKey }: Json): [string, string] => [
      objectKey,
      join(directory, source.path),
    ]),
  );
};
