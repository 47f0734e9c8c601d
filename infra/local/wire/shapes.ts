import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../aws-error.ts';

/** Makes a fresh value of the schema's shape; unknown members and nulls are left out, as the services do. */
export type Convert = (value: unknown) => unknown;

/** What differs between forms of the same data: bytes and times. */
interface Leaves {
  blob(value: unknown): unknown;
  timestamp(value: unknown): unknown;
}

const refuse = (found: unknown, wanted: string): never => {
  const kind = Array.isArray(found)
    ? 'Start of list'
    : found !== null && typeof found === 'object'
      ? 'Start of structure or map'
      : `${(typeof found).toUpperCase()}_VALUE`;
  throw new AwsError('SerializationException', `${kind} found where ${wanted} was expected`);
};

const typed =
  (type: 'string' | 'number' | 'boolean'): Convert =>
  (value) =>
    typeof value === type ? value : refuse(value, type);

const leafOf = (schema: NormalizedSchema, leaves: Leaves): Convert | undefined => {
  if (schema.isBlobSchema()) return leaves.blob;
  if (schema.isTimestampSchema()) return leaves.timestamp;
  if (schema.isStringSchema()) return typed('string');
  if (schema.isBooleanSchema()) return typed('boolean');
  if (schema.isNumericSchema() || schema.isBigIntegerSchema()) return typed('number');
  return undefined;
};

/** Compiles schemas into converters, once each; shapes that hold themselves are resolved when first met. */
const createCompiler = (leaves: Leaves): ((schema: NormalizedSchema) => Convert) => {
  const known = new Map<unknown, Convert>();

  const list = (schema: NormalizedSchema): Convert => {
    const item = compile(schema.getValueSchema());
    return (value) =>
      Array.isArray(value) ? value.filter((v) => v != null).map((v) => item(v)) : refuse(value, 'a list');
  };
  const members = (value: unknown, convertOf: (name: string) => Convert | undefined): unknown => {
    if (value === null || typeof value !== 'object' || Array.isArray(value) || value instanceof Uint8Array)
      return refuse(value, 'a structure or map');
    const made: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      const member = (value as Record<string, unknown>)[name];
      const convert = member == null ? undefined : convertOf(name);
      if (convert) set(made, name, convert(member));
    }
    return made;
  };
  const map = (schema: NormalizedSchema): Convert => {
    const entry = compile(schema.getValueSchema());
    return (value) => members(value, () => entry);
  };
  const struct = (schema: NormalizedSchema): Convert => {
    const converts = new Map<string, Convert>();
    known.set(schema.getSchema(), (value) => members(value, (name) => converts.get(name)));
    for (const [name, member] of schema.structIterator()) converts.set(name, compile(member));
    return known.get(schema.getSchema())!;
  };
  const compile = (schema: NormalizedSchema): Convert => {
    const leaf = leafOf(schema, leaves);
    if (leaf) return leaf;
    if (schema.isStructSchema()) return known.get(schema.getSchema()) ?? struct(schema);
    if (schema.isListSchema()) return list(schema);
    if (schema.isMapSchema()) return map(schema);
    if (schema.isUnitSchema()) return () => ({});
    throw new Error(`No wire form for the shape ${schema.getName(true)}`);
  };

  const cache = new WeakMap<NormalizedSchema, Convert>();
  return (schema) => {
    const made = cache.get(schema) ?? compile(schema);
    cache.set(schema, made);
    return made;
  };
};

// An attribute may be called `__proto__`.
const set = (target: Record<string, unknown>, name: string, value: unknown): void => {
  if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
};

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
export const fromBase64 = (value: unknown): Uint8Array => {
  if (typeof value !== 'string' || !base64.test(value)) return refuse(value, 'base64');
  return new Uint8Array(Buffer.from(value, 'base64'));
};
const bytesOf = (value: unknown): Uint8Array =>
  value instanceof Uint8Array
    ? value
    : typeof value === 'string'
      ? Buffer.from(value)
      : refuse(value, 'bytes');
const timeOf = (value: unknown): Date =>
  value instanceof Date
    ? value
    : typeof value === 'number'
      ? new Date(value * 1000)
      : refuse(value, 'a timestamp');

/** JSON of a request → the SDK's types. */
export const fromJson = createCompiler({ blob: fromBase64, timestamp: timeOf });
/** The SDK's types → JSON of an answer. */
export const toJson = createCompiler({
  blob: (value) => Buffer.from(bytesOf(value)).toString('base64'),
  timestamp: (value) => timeOf(value).getTime() / 1000,
});
/** The SDK's types → a copy that shares nothing with what it was made from. */
export const copy = createCompiler({
  blob: (value) => new Uint8Array(bytesOf(value)),
  timestamp: (value) => new Date(timeOf(value)),
});
