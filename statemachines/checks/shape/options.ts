import * as z from 'zod';
import { isObject } from '#kernel/json';
import type { Path } from '../../steps/parts.ts';

/** Finds the schema that an author meant: what stands at a path, and which option of a union. */

type Schema = z.core.$ZodType;
const kinds = z.core;

/** Without `optional`, `lazy` and the like around it. */
export const bare = (schema: Schema): Schema => {
  if (schema instanceof kinds.$ZodLazy) return bare(schema._zod.def.getter());
  if (schema instanceof kinds.$ZodOptional || schema instanceof kinds.$ZodDefault)
    return bare(schema._zod.def.innerType);
  return schema;
};

export const optionsOf = (schema: Schema): Schema[] =>
  schema instanceof kinds.$ZodUnion ? schema._zod.def.options.map(bare) : [schema];

export const membersOf = (schema: Schema): Record<string, Schema> =>
  schema instanceof kinds.$ZodObject ? schema._zod.def.shape : {};

const isRequired = (schema: Schema): boolean => !(schema instanceof kinds.$ZodOptional);

/** The id a schema was registered with; `describe` makes a copy without it. */
export const idOf = (schema: Schema): string | undefined =>
  (z.globalRegistry.get(schema) as { id?: string } | undefined)?.id ??
  (schema._zod.parent ? idOf(schema._zod.parent) : undefined);

/** Index of the option that was most likely meant; -1 when the value resembles none. */
export const meantOption = (schema: Schema, value: unknown): number => {
  const options = optionsOf(schema);
  const scores = options.map((option) => likeness(option, value));
  const best = Math.max(...scores);
  return best <= 0 ? -1 : scores.indexOf(best);
};

const likeness = (option: Schema, value: unknown): number => {
  if (option instanceof kinds.$ZodObject) return isObject(value) ? likenessOfObject(option, value) : 0;
  if (option instanceof kinds.$ZodLiteral)
    return option._zod.def.values.includes(value as never)
      ? 3
      : scalarLikeness(typeof option._zod.def.values[0] === typeof value) / 2;
  if (option instanceof kinds.$ZodString) return scalarLikeness(typeof value === 'string');
  if (option instanceof kinds.$ZodNumber) return scalarLikeness(typeof value === 'number');
  if (option instanceof kinds.$ZodBoolean) return scalarLikeness(typeof value === 'boolean');
  if (option instanceof kinds.$ZodArray) return scalarLikeness(Array.isArray(value));
  return option instanceof kinds.$ZodUnion
    ? Math.max(...optionsOf(option).map((inner) => likeness(inner, value)))
    : 0;
};
const scalarLikeness = (fits: boolean): number => (fits ? 1 : 0);

/** The member that makes an option what it is counts most: the first required one. */
const likenessOfObject = (option: Schema, value: Record<string, unknown>): number => {
  const members = Object.entries(membersOf(option));
  const discriminator = members.find(
    ([, schema]) => schema instanceof kinds.$ZodLiteral && schema._zod.def.values[0] !== true,
  );
  if (discriminator)
    return (discriminator[1] as z.core.$ZodLiteral)._zod.def.values.includes(value[discriminator[0]] as never)
      ? 10
      : 0;
  const first = members.find(([, schema]) => isRequired(schema))?.[0];
  const known = members.filter(([name]) => Object.hasOwn(value, name)).length;
  return first !== undefined && Object.hasOwn(value, first) ? 4 + known / 100 : known / 100;
};

/** The schema at `path`, with every union on the way decided by the value found. */
export const schemaAt = (root: Schema, path: Path, value: unknown): Schema | undefined => {
  let schema: Schema | undefined = bare(root);
  let here = value;
  for (const name of path) {
    schema = schema && chosen(schema, here);
    schema = schema && inner(schema, name);
    here =
      typeof here === 'object' && here !== null
        ? (here as Record<string | number, unknown>)[name]
        : undefined;
  }
  return schema;
};

/** The option of a union that the value means; the schema itself when it is none. */
export const chosen = (schema: Schema, value: unknown): Schema | undefined => {
  const plain = bare(schema);
  if (!(plain instanceof kinds.$ZodUnion)) return plain;
  const option = optionsOf(plain)[meantOption(plain, value)];
  return option && chosen(option, value);
};

const inner = (schema: Schema, name: string | number): Schema | undefined => {
  if (schema instanceof kinds.$ZodArray) return bare(schema._zod.def.element);
  if (schema instanceof kinds.$ZodRecord) return bare(schema._zod.def.valueType);
  if (schema instanceof kinds.$ZodTuple) return schema._zod.def.items[Number(name)];
  const member = membersOf(schema)[name];
  return member && bare(member);
};
