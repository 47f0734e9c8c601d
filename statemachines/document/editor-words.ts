import { definitions, stepTypes } from '../steps/registry.ts';

/**
 * What an editor shows and offers at each member beyond what the schemas say themselves: words for
 * members whose name says nearly all, and values to begin with.
 */
interface SchemaNode {
  description?: string;
  examples?: readonly unknown[];
  const?: unknown;
  enum?: unknown;
  type?: unknown;
  $ref?: string;
  properties?: Record<string, SchemaNode>;
  $defs?: Record<string, SchemaNode>;
  [key: string]: unknown;
}

/** Every member gets a description and, where it is no choice of a few words, an example. */
export const withEditorWords = <T extends object>(schema: T): T => {
  const root = structuredClone(schema) as SchemaNode;
  for (const type of stepTypes) fromStepWords(root.$defs?.[`step-${type}`], type);
  visit(root, root.$defs ?? {});
  return root as T;
};

type StepType = (typeof stepTypes)[number];

/** The step that the reference shows is the example of the type, and of each of its members. */
const fromStepWords = (node: SchemaNode | undefined, type: StepType): void => {
  if (!node?.properties) return;
  const { explain, example } = definitions[type].words;
  node.examples ??= [example];
  for (const [name, member] of Object.entries(node.properties)) {
    const value = (example as unknown as Record<string, unknown>)[name];
    if (name === 'type') member.description ??= explain;
    else if (value !== undefined && member.enum === undefined) member.examples ??= [value];
  }
};

const visit = (node: unknown, defs: Record<string, SchemaNode>): void => {
  if (Array.isArray(node)) for (const inner of node) visit(inner, defs);
  else if (typeof node === 'object' && node !== null) {
    const { properties } = node as SchemaNode;
    for (const [name, member] of Object.entries(properties ?? {})) complete(name, member, defs);
    for (const inner of schemasIn(node as SchemaNode)) visit(inner, defs);
  }
};

/** Not the values in `examples`, nor members that are called like words of JSON Schema. */
const schemasIn = ({ properties, $defs, ...words }: SchemaNode): unknown[] => [
  ...Object.values(properties ?? {}),
  ...Object.values($defs ?? {}),
  ...['anyOf', 'oneOf', 'allOf', 'items', 'prefixItems', 'additionalProperties'].map((word) => words[word]),
];

const complete = (name: string, member: SchemaNode, defs: Record<string, SchemaNode>): void => {
  const known = Object.hasOwn(words, name) ? words[name]! : {};
  const meant = member.$ref ? defs[member.$ref.slice('#/$defs/'.length)] : undefined;
  member.description ??= meant?.description ?? known.description;
  if (member.description === undefined) delete member.description;
  if (isChoice(member) || (meant && isChoice(meant))) return;
  const examples = member.examples ?? meant?.examples ?? known.examples?.filter(fits(member));
  if (examples) member.examples = examples;
};

/** Of the examples of a name, those of the type that is needed here. */
const fits =
  ({ type }: SchemaNode) =>
  (example: unknown): boolean =>
    typeof type === 'string'
      ? typeOf(example) === (type === 'integer' ? 'number' : type)
      : !Array.isArray(example);

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value);

const isChoice = (node: SchemaNode): boolean =>
  node.const !== undefined || node.enum !== undefined || node.type === 'boolean';

interface MemberWords {
  description?: string;
  examples?: readonly unknown[];
}

const oneStep = { id: 'welcome', type: 'email', template: 'welcome' };
const isVip = { tag: 'vip' };
const said = { event: 'Order Completed' };
const branch = { answer: 'Yes', if: isVip, steps: [] };

/** By name: a name means the same wherever it stands. */
const words: Readonly<Record<string, MemberWords>> = {
  $schema: { examples: ['./journey.schema.json'] },
  id: { examples: ['first-mail'] },
  name: { examples: ['Send the first mail'] },
  objective: { examples: ['More booked demos'] },
  enter: { examples: [{ on: [{ form: 'demo-request' }], if: { consent: 'email' } }] },
  exit: { examples: [[{ on: { event: 'Account Closed' } }]] },
  goal: { examples: [{ on: said, within: '30 days' }] },
  sending: { examples: [{ class: 'marketing', quietHours: { from: '21:00', to: '08:00' } }] },
  steps: {
    description: 'Steps of this branch, in order; may be empty: then the run goes on after the decision',
    examples: [[oneStep]],
  },
  form: { description: 'Name of a form of the client', examples: ['demo-request'] },
  event: { description: 'Name of an event, as it is sent', examples: ['Order Completed', 'Signed Up'] },
  segment: { description: 'Name of a segment of the client', examples: ['dormant'] },
  when: { description: 'Is it the coming in or the going out that counts?' },
  tag: { description: 'A tag, letter for letter', examples: ['vip'] },
  date: { examples: ['contact.renewalDate'] },
  offset: { examples: ['-30 days', '2 days'] },
  at: { description: 'The time of that day, in the zone of the contact', examples: ['09:00'] },
  manual: { description: 'By hand, by the API or by another journey that enrolls' },
  all: { description: 'Each of these conditions is true', examples: [[isVip, { stage: 'customer' }]] },
  any: {
    description: 'At least one of these conditions is true',
    examples: [[isVip, { stage: 'customer' }]],
  },
  not: { description: 'The condition is not true', examples: [isVip] },
  contact: { examples: ['companySize'] },
  trigger: { examples: ['properties.plan'] },
  results: { examples: ['crm.status'] },
  is: { description: 'Exactly this', examples: ['pro', 5] },
  isNot: { examples: ['pro'] },
  in: { examples: [['pro', 'team']] },
  notIn: { examples: [['pro', 'team']] },
  contains: { examples: ['dental'] },
  startsWith: { examples: ['DE'] },
  endsWith: { examples: ['@acme.example'] },
  above: { description: 'More than this', examples: [10] },
  atLeast: { description: 'This or more', examples: [50] },
  below: { description: 'Less than this', examples: [10] },
  atMost: { description: 'This or less', examples: [3] },
  did: { examples: ['Order Completed'] },
  times: { examples: [{ atLeast: 2 }] },
  where: { examples: [{ trigger: 'properties.total', above: 100 }] },
  message: { examples: ['first-mail'] },
  link: { examples: ['https://www.example.com/offer'] },
  consent: { examples: ['email', 'news'] },
  score: { description: 'The score of the contact, as a range of numbers', examples: [{ atLeast: 50 }] },
  stage: { description: 'The stage of the contact, letter for letter', examples: ['lead', 'customer'] },
  on: { examples: [said, [said]] },
  if: { examples: [isVip] },
  again: { examples: [{ after: '30 days' }] },
  key: { examples: ['trigger.properties.appointmentId'] },
  value: { examples: ['properties.revenue'] },
  timezone: { examples: ['contact', 'Europe/Berlin'] },
  quietHours: { examples: [{ from: '21:00', to: '08:00' }] },
  from: { examples: ['21:00'] },
  to: { examples: ['08:00'] },
  cap: { examples: [{ email: { atMost: 3, per: '7 days' } }] },
  email: { description: 'For e-mails', examples: [{ atMost: 3, per: '7 days' }] },
  sms: { description: 'For texts', examples: [{ atMost: 1, per: '7 days' }] },
  push: { description: 'For push messages', examples: [{ atMost: 2, per: '1 day' }] },
  topic: { examples: ['news'] },
  template: { examples: ['welcome'] },
  data: { examples: [{ offer: 'spring' }] },
  subject: { examples: ['Welcome, {{ contact.firstName | default: "and hello" }}'] },
  text: { examples: ['Your trial ends tomorrow: {{ links.trial }}'] },
  title: { examples: ['Call {{ contact.firstName }}'] },
  body: { examples: ['Your order is on its way'] },
  team: { examples: ['sales'] },
  script: { examples: ['Ask how the first week went.'] },
  outcomes: { examples: [['reached', 'no answer']] },
  branches: { examples: [[branch]] },
  otherwise: { examples: [{ answer: 'No', steps: [] }] },
  answer: { examples: ['Yes', 'Clicked'] },
  url: { examples: ['https://crm.example.com/leads'] },
  headers: { examples: [{ 'x-source': 'wayleaf' }] },
  saveAs: { examples: ['crm'] },
  set: { examples: [{ plan: 'pro' }] },
  unset: { examples: [['trialEndsAt']] },
  addTags: { examples: [['newsletter']] },
  removeTags: { examples: [['lead']] },
  addScore: { examples: [10, -5] },
  properties: { examples: [{ plan: 'pro' }] },
  journey: { examples: ['win-back'] },
  for: { examples: ['3 days', { between: ['1 day', '3 days'] }] },
  until: {
    examples: [
      { time: '09:30', days: ['mon', 'tue'] },
      { date: 'contact.renewalDate', offset: '-30 days' },
    ],
  },
  between: { examples: [['1 day', '3 days']] },
  time: { examples: ['09:30'] },
  days: { examples: [['mon', 'tue', 'wed', 'thu', 'fri']] },
  since: { examples: ['first-mail'] },
  arms: {
    examples: [
      [
        { name: 'A', weight: 50, steps: [] },
        { name: 'B', weight: 50, steps: [] },
      ],
    ],
  },
  weight: { examples: [50] },
  winner: { examples: [{ by: 'goal', after: '14 days' }] },
  after: { examples: ['14 days', 1000] },
  by: { examples: ['goal'] },
  step: { examples: ['first-mail'] },
  as: { examples: ['Not interested'] },
  wayleaf: { examples: [1] },
};
