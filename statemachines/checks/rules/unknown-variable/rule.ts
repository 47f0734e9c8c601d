import { isSlip } from '#kernel/nearest';
import { contactMembers } from '#model/field';
import type { Path } from '../../../steps/parts.ts';
import { nameMeant } from '../../fix/slips.ts';
import { innerPlaced } from '../../inner-conditions.ts';
import { variablesOf } from '../../liquid.ts';
import { find } from '../../references.ts';
import type { Finding, Rule } from '../../rule.ts';
import type { JourneyView } from '../../view.ts';
import { didYouMean } from '../../words.ts';

const roots = ['contact', 'trigger', 'results', 'journey', 'brand', 'links', 'data'];

export const unknownVariable: Rule = {
  id: 'unknown-variable',
  severity: 'error',
  title: 'A variable in a text is one that contacts have',
  explain:
    'A variable begins with `contact`, `trigger`, `results`, `journey`, `brand`, `links` or `data`, and names a field that a form, or an update, a condition or a date of the journey names. Fields also come with events, so that an unknown one is a warning; a slip in a known name is an error.',
  why: 'A message with a variable that has neither a value nor a default is not sent: “Hello ,” is worse than silence.',
  example: {
    wrong: '{ "id": "text", "type": "sms", "text": "Hello {{ contact.fristName }}" }',
    right: `{ "id": "text", "type": "sms", "text": "Hello {{ contact.firstName | default: 'you' }}" }`,
  },
  check: (view) => {
    const fields = knownFields(view);
    const found = [...textVariables(view), ...templateVariables(view)].flatMap((used) => judge(used, fields));
    return [...found, ...rendererFindings(view, found)];
  },
};

/** Names in tags, and links and brand words that the client does not have; each text is judged once. */
const rendererFindings = (
  { texts, references: { checkText } }: JourneyView,
  found: readonly Finding[],
): Finding[] => {
  if (!checkText) return [];
  const judged = new Set(found.map(({ path }) => path.join('/')));
  return texts
    .filter(({ value, path }) => value.includes('{') && !judged.has(path.join('/')))
    .flatMap(({ value, path }) =>
      checkText(value)
        .filter(({ code }) => code === 'unknown-variable')
        .map(({ message, hint }) => ({ path, message: `this text: ${message}`, ...(hint && { hint }) })),
    );
};

interface Used {
  name: string;
  path: Path;
  where: string;
  /** The text itself, where it stands in the document. */
  text?: string;
}

const textVariables = ({ texts }: JourneyView): Used[] =>
  texts.flatMap(({ value, path }) =>
    variablesOf(value)
      .filter((v) => !v.hasDefault)
      .map((v) => ({ name: v.path, path, where: 'this text', text: value })),
  );

const templateVariables = ({ uses, references: { templates = {} } }: JourneyView): Used[] =>
  uses.flatMap((use) =>
    use.kind === 'template'
      ? (find(templates, use.value)?.variables ?? []).map((name) => ({
          name,
          path: use.path,
          where: `template "${use.value}"`,
        }))
      : [],
  );

/** `undefined` when it is not known which fields contacts have. */
const knownFields = (view: JourneyView): Set<string> | undefined => {
  const { references, steps } = view;
  if (!references.contactFields) return undefined;
  const set = steps.flatMap(({ step }) => (step && 'set' in step && step.set ? Object.keys(step.set) : []));
  // Whoever asks for a field in a condition knows where it comes from: events can bring any.
  const asked = innerPlaced(view).flatMap(({ value }) =>
    'contact' in value ? value.contact.split('.')[0]! : [],
  );
  return new Set([...contactMembers, ...references.contactFields, ...set, ...asked, ...datesOf(view)]);
};

/** Fields by whose date contacts come in, or for which a step waits. */
const datesOf = ({ triggers, steps }: JourneyView): string[] =>
  [
    ...triggers.flatMap(({ value }) => ('date' in value ? value.date : [])),
    ...steps.flatMap(({ step }) =>
      step?.type === 'wait' && step.until && 'date' in step.until ? step.until.date : [],
    ),
  ].flatMap((path) => /^contact\.([^.]+)/.exec(path)?.[1] ?? []);

const judge = (used: Used, fields: Set<string> | undefined): Finding[] => {
  const { name, path, where } = used;
  const [root = '', field] = name.split('.');
  if (!roots.includes(root))
    return [
      {
        path,
        message: `${where} uses {{ ${name} }}, but there is no "${root}"`,
        hint: didYouMean(root, roots, `variables begin with ${roots.join(', ')}`),
      },
    ];
  if (root !== 'contact' || field === undefined || !fields || fields.has(field)) return [];
  return [unknownField(used, field, fields)];
};

const unknownField = (used: Used, field: string, fields: Set<string>): Finding => {
  const { name, path, where } = used;
  const hint = didYouMean(field, fields, `give it a default: {{ ${name} | default: 'there' }}`);
  if ([...fields].some((known) => isSlip(field, known)))
    return {
      path,
      message: `${where} uses {{ ${name} }}, a field that no contact has`,
      hint,
      ...repairOf(used, field, fields),
    };
  const message = `${where} uses {{ ${name} }}, a field that no form asks for and no step sets: only contacts to whom an event brought it get the message`;
  return { path, severity: 'warning', message, hint };
};

const repairOf = ({ path, text }: Used, field: string, fields: Set<string>): Pick<Finding, 'repair'> => {
  const meant = nameMeant(field, fields);
  // Of two fields that the author named, either could be the slip.
  if (text === undefined || meant === undefined || !contactMembers.includes(meant)) return {};
  const value = text.replaceAll(new RegExp(`\\bcontact\\.${field}\\b`, 'g'), `contact.${meant}`);
  return { repair: { says: `wrote contact.${meant} for contact.${field}`, edits: [{ path, value }] } };
};
