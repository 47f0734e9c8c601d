import type { TemplateRule } from '../../rule.ts';
import { type BodyView, spotOfVariable, type TemplateView } from '../../view.ts';

const alwaysThere: Readonly<Record<TemplateView['channel'], readonly string[]>> = {
  email: ['contact.email', 'contact.id', 'trigger.event'],
  sms: ['contact.phone', 'contact.id', 'trigger.event'],
};

export const missingDefault: TemplateRule = {
  id: 'missing-default',
  severity: 'warning',
  explained: {
    id: 'missing-default',
    severity: 'warning',
    title: 'What may be missing has a default',
    explain:
      'What a contact, an event or an answer brings may be missing. Without a value and without a default the message is skipped for this contact, and counted as `missing-variable`. Where that is meant, the template says so: `"requires": ["contact.renewalDate"]`.',
    why: 'Whoever lacks one field of many gets nothing at all, and nobody notices but in the report.',
    as: 'text',
    example: {
      place: 'words',
      wrong: 'Hi {{ contact.firstName }},',
      right: "Hi {{ contact.firstName | default: 'there' }},",
    },
  },
  check: (view) =>
    view.contents.flatMap(({ bodies }) => {
      const told = new Set<string>();
      return bodies.flatMap((body) =>
        lacking(body, view).flatMap((variable) => {
          if (told.has(variable)) return [];
          told.add(variable);
          return [
            {
              spot: spotOfVariable(body, variable),
              ...wordsFor(variable, body.variables?.fallbacks[variable]),
            },
          ];
        }),
      );
    }),
};

/** @param other what it is the default of */
const wordsFor = (variable: string, other: string | undefined) => {
  const meant = `or say that it is meant: "requires": ["${variable}"]`;
  if (other === undefined)
    return {
      message: `{{ ${variable} }} has no default: who has no value for it does not get this message`,
      hint: `write {{ ${variable} | default: '…' }}; ${meant}`,
    };
  return {
    message: `{{ ${other} | default: ${variable} }} has no default of its own: who has a value for neither does not get this message`,
    hint: `write {{ ${other} | default: ${variable} | default: '…' }}; ${meant}`,
  };
};

const mayMiss: ReadonlySet<string> = new Set(['contact', 'trigger', 'results']);

const lacking = (
  { variables }: BodyView,
  { channel, contactFields, mayHaveOthers = false, requires = [] }: TemplateView,
): string[] =>
  (variables?.required ?? []).filter((variable) => {
    const [root = '', field = ''] = variable.split('.');
    if (!mayMiss.has(root) || alwaysThere[channel].includes(variable)) return false;
    // That no contact has it is told by itself.
    if (root === 'contact' && !mayHaveOthers && contactFields?.has(field) === false) return false;
    return !requires.includes(variable);
  });
