import { badSteps, documentHead } from './bad-steps.examples.ts';

/** What the client of these examples has. */
export const references = {
  templates: {
    welcome: { channel: 'email', hasUnsubscribe: true, variables: ['contact.firstName'] },
    plain: { channel: 'email', hasUnsubscribe: false },
    reminder: { channel: 'sms' },
  },
  forms: { 'demo-request': {} },
  segments: { dormant: {} },
  teams: { sales: {} },
  topics: { news: {} },
  contactFields: ['companySize'],
};

/** More members of the document, in line 4, column 3. */
const members = (text: string): string =>
  `${documentHead}\n  ${text},\n  "steps": [{ "id": "bye", "type": "exit" }]\n}`;

/** Each with an `otherwise` that leads elsewhere than its 49 branches, so that none can be left out. */
const decisions = (count: number): string => {
  const branches = Array.from({ length: 49 }, (_, i) => ({ answer: `${i}`, if: { tag: `${i}` }, steps: [] }));
  const steps = Array.from({ length: count }, (_, i) => ({
    id: `ask-${i}`.padEnd(48, 'x'),
    type: 'decide',
    question: '?',
    branches,
    otherwise: { steps: [{ id: `bye-${i}`, type: 'exit' }] },
  }));
  return `${documentHead}\n  "steps": ${JSON.stringify(steps)}\n}`;
};

/** Bad documents, and their issues as `line:column code`. */
export const badDocuments: [name: string, text: string, issues: string[]][] = [
  ['an empty document', '', ['1:1 not-json']],
  ['blanks only', '  \n ', ['2:2 not-json']],
  ['no object', '[1, 2]', ['1:1 wrong-type']],
  ['a text instead of an object', '"journey"', ['1:1 wrong-type']],
  ['a comma after the last member', '{\n  "wayleaf": 1,\n}', ['3:1 not-json']],
  ['a comma that is missing', '{\n  "wayleaf": 1\n  "id": "j"\n}', ['3:3 not-json']],
  ['a comment', '{\n  // my journey\n  "wayleaf": 1\n}', ['2:3 not-json']],
  ['single quotes', "{ 'wayleaf': 1 }", ['1:3 not-json']],
  ['typographic quotes', '{ “wayleaf”: 1 }', ['1:3 not-json']],
  ['a bracket that is missing', '{ "steps": [', ['1:13 not-json']],
  ['a line break in a text', '{ "name": "a\nb" }', ['1:11 not-json']],
  ['words after the end', '{} {}', ['1:4 not-json']],
  [
    'deep nesting',
    '{ "a": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]] }',
    ['1:39 too-deep'],
  ],
  [
    'an empty object',
    '{}',
    [
      '1:1 missing-member',
      '1:1 missing-member',
      '1:1 missing-member',
      '1:1 missing-member',
      '1:1 missing-member',
    ],
  ],
  ['a member twice', members(`"name": "again"`), ['4:3 duplicate-key']],
  ['a name that reaches into the prototype', members(`"__proto__": { "wayleaf": 2 }`), ['4:3 forbidden-key']],
  ['half of a character', members(`"objective": "\\ud83d"`), ['4:16 lone-surrogate']],
  ['a number beyond all bounds', members(`"objective": 1e999`), ['4:16 number-too-large']],
  ['a slip in a name', members(`"objectiv": "more"`), ['4:3 unknown-member']],
  [
    'members of a state machine',
    members(`"StartAt": "a", "States": {}`),
    ['4:3 unknown-member', '4:19 unknown-member'],
  ],
  ['an unknown class of sending', members(`"sending": { "class": "promo" }`), ['4:25 wrong-value']],
  [
    'quiet hours that end when they begin',
    members(`"sending": { "quietHours": { "from": "08:00", "to": "08:00" } }`),
    ['4:30 empty-window'],
  ],
  [
    'a time with one digit',
    members(`"sending": { "quietHours": { "from": "8:00", "to": "09:00" } }`),
    ['4:40 wrong-form'],
  ],
  ['a zone that does not exist', members(`"sending": { "timezone": "Berlin" }`), ['4:28 wrong-form']],
  [
    'a cap of a channel that does not exist',
    members(`"sending": { "cap": { "emial": { "atMost": 3, "per": "7 days" } } }`),
    ['4:25 unknown-member'],
  ],
  [
    'a cap of nothing',
    members(`"sending": { "cap": { "email": { "atMost": 0, "per": "7 days" } } }`),
    ['4:46 too-small'],
  ],
  ['an exit rule that says nothing', members(`"exit": [{}]`), ['4:12 missing-member']],
  ['an exit by date', members(`"exit": [{ "on": { "date": "contact.endsAt" } }]`), ['4:20 unknown-trigger']],
  ['a goal without event', members(`"goal": { "within": "30 days" }`), ['4:11 missing-member']],
  [
    'a goal whose value is no path',
    members(`"goal": { "on": { "event": "Bought" }, "value": "revenue" }`),
    ['4:51 wrong-form'],
  ],
  ['an expression in a name', members(`"objective": "{% $states.input %}"`), ['4:16 expression-text']],
  ['more than a megabyte', members(`"objective": "${'é'.repeat(530_000)}"`), ['1:1 document-too-large']],
  ['more branches than a state machine has room for', decisions(200), ['1:1 machine-over-limits']],
  ...badSteps,
];
