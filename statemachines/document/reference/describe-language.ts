import type { Explained } from '#kernel/explained';
import { rules } from '../../checks/registry.ts';
import { shapeCodes } from '../../checks/shape/codes.ts';
import { definitions, stepTypes } from '../../steps/registry.ts';
import { journeyJsonSchema } from '../json-schema.ts';
import { compactJson } from './compactly.ts';
import { closing, opening } from './prose.ts';
import { type Definitions, memberTable, type SchemaNode, typeWords } from './schema-words.ts';

/** The reference of the language as Markdown, made from the schemas, the words of the steps and the rules. */
export const describeLanguage = (): string => {
  const schema = journeyJsonSchema() as unknown as SchemaNode & { $defs: Definitions };
  return `${[
    ...opening,
    ...documentSections(schema),
    ...stepSections(schema.$defs),
    ...conditionSection(schema.$defs),
    ...triggerSection(schema.$defs),
    ...closing,
    ...checkSection(),
  ].join('\n')}\n`;
};

const documentSections = (schema: SchemaNode & { $defs: Definitions }): string[] => [
  '## The document',
  '',
  ...memberTable(schema),
  '',
  ...['enter', 'exit-rule', 'goal', 'sending'].flatMap((name) => [
    `### ${name.replace('-rule', '')}`,
    '',
    `${schema.$defs[name]!.title}.`,
    '',
    ...memberTable(schema.$defs[name]!),
    '',
  ]),
  '### again',
  '',
  ...optionList(schema.$defs.again!),
  '',
];

const optionList = (node: SchemaNode): string[] =>
  (node.anyOf ?? node.oneOf ?? []).map((option) => `- ${typeWords(option)}: ${option.title ?? ''}`);

const stepSections = (defs: Definitions): string[] => [
  '## Steps',
  '',
  'Every step has:',
  '',
  ...memberTable({ ...defs['step-exit'], properties: common(defs) }),
  '',
  ...stepTypes.flatMap((type) => stepSection(type, defs)),
];

const commonMembers = ['id', 'type', 'name', 'if'];
const common = (defs: Definitions): Record<string, SchemaNode> => ({
  ...Object.fromEntries(commonMembers.map((name) => [name, defs['step-exit']!.properties![name]!])),
  type: { type: 'string', description: stepTypes.map((type) => `\`${type}\``).join(' ') },
});

const kindWords = { action: 'An action', decision: 'A decision', wait: 'A wait', exit: 'A leaf' };

const stepSection = (type: (typeof stepTypes)[number], defs: Definitions): string[] => {
  const node = defs[`step-${type}`]!;
  const { words } = definitions[type];
  return [
    `### ${type}`,
    '',
    `${kindWords[words.kind]}. ${words.explain}`,
    '',
    ...memberTable(node, commonMembers),
    '',
    '```json',
    compactJson(words.example),
    '```',
    '',
  ];
};

const conditionSection = (defs: Definitions): string[] => [
  '## Conditions',
  '',
  'A condition is an object of one of these forms. A value that is missing makes a comparison false, also `isNot` and `notIn`; ask for it with `exists`.',
  '',
  '| form | meaning |',
  '|---|---|',
  ...defs.condition!.anyOf!.map((form) => `| ${conditionForm(form)} | ${form.title} |`),
  '',
  'Operators of comparisons. Several in one comparison must all hold.',
  '',
  ...memberTable(defs.condition!.anyOf!.find((form) => form.properties?.contact)!, ['contact']),
  '',
];

const conditionForm = ({ properties = {}, required = [] }: SchemaNode): string => {
  const names = Object.keys(properties);
  const members =
    'exists' in properties
      ? [names[0]!, 'OPERATOR']
      : names.map((name) => (required.includes(name) ? name : `${name}?`));
  return `\`{ ${members.join(', ')} }\``;
};

const triggerSection = (defs: Definitions): string[] => [
  '## Triggers',
  '',
  '| form | meaning | where |',
  '|---|---|---|',
  ...defs.trigger!.anyOf!.map((form) => triggerRow(form, hears(defs, form) ? 'everywhere' : '`enter.on`')),
  ...defs
    .awaited!.anyOf!.filter((form) => form.properties?.message)
    .map((form) => triggerRow(form, '`waitFor`')),
  '',
];

const hears = (defs: Definitions, form: SchemaNode): boolean =>
  defs.heard!.anyOf!.some((other) => other.title === form.title);
const triggerRow = (form: SchemaNode, where: string): string =>
  `| ${conditionForm(form)} | ${form.title} | ${where} |`;

const checkSection = (): string[] => [
  '## Checks',
  '',
  'Errors stop a publish; warnings do not. All are found at once, each with its line and column. `wayleaf explain CODE` tells the same as this section; `wayleaf check --fix` repairs what has one meaning only.',
  '',
  '### Text and shape',
  '',
  ...shapeCodes.flatMap(explained),
  '### Rules',
  '',
  ...rules.flatMap(explained),
];

const explained = ({ id, severity, title, explain, why, example }: Explained): string[] => [
  `#### ${id}`,
  '',
  `${title} (${severity}). ${explain}${why ? ` ${why}` : ''}`,
  '',
  ...(example.place === 'words'
    ? [`Wrong: ${example.wrong}. Right: ${example.right}.`]
    : ['Wrong:', '', ...fenced(example.wrong), '', 'Right:', '', ...fenced(example.right)]),
  '',
];

const fenced = (text: string): string[] => ['```json', text.trimEnd(), '```'];
