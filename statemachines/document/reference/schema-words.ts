import { idPattern } from '#model/document-text';

/** JSON Schema in the words of the reference. */

export interface SchemaNode {
  $ref?: string;
  type?: string | readonly string[];
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly SchemaNode[];
  oneOf?: readonly SchemaNode[];
  items?: SchemaNode | boolean;
  prefixItems?: readonly SchemaNode[];
  properties?: Readonly<Record<string, SchemaNode>>;
  additionalProperties?: SchemaNode | boolean;
  required?: readonly string[];
  title?: string;
  description?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
}
export type Definitions = Readonly<Record<string, SchemaNode>>;

const nameOf = (ref: string): string => ref.slice('#/$defs/'.length);

/** Parts that have a section or a row of their own in the reference. */
const links: Record<string, string> = {
  condition: '[condition](#conditions)',
  trigger: '[trigger](#triggers)',
  heard: '[trigger](#triggers)',
  awaited: '[trigger](#triggers) or message',
  step: '[step](#steps)',
  enter: '[enter](#enter)',
  goal: '[goal](#goal)',
  sending: '[sending](#sending)',
  'exit-rule': '[exit rule](#exit)',
  again: '[again](#again)',
  duration: '[duration](#durations)',
  path: 'path',
  moment: 'date',
  value: 'text, number, true or false',
  json: 'any value',
};

/** What may be written, in few words. */
export const typeWords = (node: SchemaNode): string => {
  if (node.$ref) return links[nameOf(node.$ref)] ?? nameOf(node.$ref);
  if (node.const !== undefined) return code(node.const);
  if (node.enum) return node.enum.map(code).join(' ');
  const options = node.anyOf ?? node.oneOf;
  if (options) return options.map(typeWords).join(' or ');
  if (node.type === 'array') return listWords(node);
  if (node.type === 'object') return objectWords(node);
  return scalarWords(node);
};

const code = (value: unknown): string => `\`${JSON.stringify(value)}\``;

const listWords = ({ items, prefixItems }: SchemaNode): string => {
  if (prefixItems) return `[ ${prefixItems.map(typeWords).join(', ')} ]`;
  return typeof items === 'object' ? `list of ${typeWords(items)}` : 'list';
};

const objectWords = ({ properties, required = [], additionalProperties }: SchemaNode): string => {
  if (properties)
    return `{ ${Object.keys(properties)
      .map((name) => (required.includes(name) ? name : `${name}?`))
      .join(', ')} }`;
  return typeof additionalProperties === 'object'
    ? `names with ${typeWords(additionalProperties)}`
    : 'object';
};

const scalarWords = ({ type, pattern }: SchemaNode): string => {
  if (pattern === idPattern.source) return 'id';
  if (type === 'string') return 'text';
  if (type === 'boolean') return '`true` `false`';
  if (type === 'integer') return 'whole number';
  return typeof type === 'string' ? type : 'any value';
};

/** One row for each member. */
export const memberTable = (node: SchemaNode, leaveOut: readonly string[] = []): string[] => {
  const rows = Object.entries(node.properties ?? {})
    .filter(([name]) => !leaveOut.includes(name))
    .map(([name, member]) => memberRow(name, member, node.required?.includes(name) === true));
  return ['| member | | value | meaning |', '|---|---|---|---|', ...rows];
};

const memberRow = (name: string, member: SchemaNode, required: boolean): string =>
  `| \`${name}\` | ${required ? 'required' : ''} | ${cell(typeWords(member))} | ${cell(member.description ?? member.title ?? '')} |`;

const cell = (text: string): string => text.replaceAll('|', '\\|');
