import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../aws-error.ts';
import { fromBase64 } from './shapes.ts';

/** AWS's query protocol: dotted form fields in, XML out. */
interface Node {
  value?: string;
  readonly children: Map<string, Node>;
}
const newNode = (): Node => ({ children: new Map() });

const grow = (root: Node, path: string, value: string): void => {
  let node = root;
  for (const name of path.split('.')) {
    const next = node.children.get(name) ?? newNode();
    node.children.set(name, next);
    node = next;
  }
  node.value = value;
};

/** The input of an operation from the fields of its form. */
export const readForm = (schema: NormalizedSchema, form: URLSearchParams): unknown => {
  const root = newNode();
  for (const [name, value] of form) grow(root, name, value);
  return schema.isUnitSchema() ? {} : read(schema, root);
};

const wireName = (schema: NormalizedSchema, otherwise: string): string =>
  schema.getMergedTraits().xmlName ?? otherwise;

const read = (schema: NormalizedSchema, node: Node): unknown => {
  if (schema.isStructSchema()) return readStruct(schema, node);
  if (schema.isListSchema()) return readList(schema, node);
  if (schema.isMapSchema()) return readMap(schema, node);
  return readLeaf(schema, node.value ?? '');
};

const readStruct = (schema: NormalizedSchema, node: Node): unknown => {
  const made: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const child = node.children.get(wireName(member, name));
    if (child) made[name] = read(member, child);
  }
  return made;
};

const numbered = (node: Node | undefined): Node[] =>
  [...(node?.children ?? [])]
    .filter(([name]) => /^\d+$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);

const readList = (schema: NormalizedSchema, node: Node): unknown[] => {
  const item = schema.getValueSchema();
  const flat = schema.getMergedTraits().xmlFlattened;
  return numbered(flat ? node : node.children.get(wireName(item, 'member'))).map((child) =>
    read(item, child),
  );
};

const readMap = (schema: NormalizedSchema, node: Node): unknown => {
  const [key, value] = [schema.getKeySchema(), schema.getValueSchema()];
  const flat = schema.getMergedTraits().xmlFlattened;
  return Object.fromEntries(
    numbered(flat ? node : node.children.get('entry')).map((entry) => [
      entry.children.get(wireName(key, 'key'))?.value ?? '',
      read(value, entry.children.get(wireName(value, 'value')) ?? newNode()),
    ]),
  );
};

const readLeaf = (schema: NormalizedSchema, text: string): unknown => {
  if (schema.isBlobSchema()) return fromBase64(text);
  if (schema.isBooleanSchema()) return text === 'true';
  if (schema.isTimestampSchema()) return new Date(text);
  if (!schema.isNumericSchema()) return text;
  if (text.trim() === '' || Number.isNaN(Number(text)))
    throw new AwsError('MalformedInput', `"${text.slice(0, 20)}" is not a number`);
  return Number(text);
};

/** The members of a result as XML, without the element around them. */
export const writeXml = (schema: NormalizedSchema, value: unknown): string =>
  schema.isUnitSchema() ? '' : writeMembers(schema, (value ?? {}) as Record<string, unknown>);

const writeMembers = (schema: NormalizedSchema, value: Record<string, unknown>): string => {
  let xml = '';
  for (const [name, member] of schema.structIterator())
    if (value[name] != null) xml += element(wireName(member, name), content(member, value[name]));
  return xml;
};

const content = (schema: NormalizedSchema, value: unknown): string => {
  if (schema.isStructSchema()) return writeMembers(schema, value as Record<string, unknown>);
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    return (value as unknown[]).map((v) => element(wireName(item, 'member'), content(item, v))).join('');
  }
  if (schema.isMapSchema()) return writeEntries(schema, value as Record<string, unknown>);
  return escapeXml(leafText(value));
};

const writeEntries = (schema: NormalizedSchema, value: Record<string, unknown>): string => {
  const [key, item] = [schema.getKeySchema(), schema.getValueSchema()];
  return Object.entries(value)
    .map(([name, v]) =>
      element(
        'entry',
        element(wireName(key, 'key'), escapeXml(name)) + element(wireName(item, 'value'), content(item, v)),
      ),
    )
    .join('');
};

const leafText = (value: unknown): string => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return value instanceof Date ? value.toISOString() : String(value);
};

export const element = (name: string, inside: string): string => `<${name}>${inside}</${name}>`;

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
};
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"\r]/g, (character) => entities[character]!);
