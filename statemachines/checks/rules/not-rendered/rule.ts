import type { Rule } from '../../rule.ts';

export const notRendered: Rule = {
  id: 'not-rendered',
  severity: 'warning',
  title: 'Variables stand where they are filled in',
  explain:
    'Only texts for people (subject, text, title, script, …) are filled in. In names, questions and answers {{ … }} stays as it is written.',
  why: 'It would be shown as it stands: in pictures, in reports, and in `from` to every reader.',
  example: {
    wrong: '{ "id": "done", "type": "exit", "name": "Bye {{ contact.firstName }}" }',
    right: '{ "id": "done", "type": "exit", "name": "Say goodbye" }',
  },
  check: ({ steps }) =>
    steps.flatMap(({ path, step }) =>
      Object.entries(step ?? {})
        .filter(
          ([member, value]) => typeof value === 'string' && value.includes('{{') && plainMembers.has(member),
        )
        .map(([member]) => ({
          path: [...path, member],
          message: `"${member}" is not rendered, so {{ … }} would be shown as it stands`,
          hint: 'write plain words here',
        })),
    ),
};

const plainMembers: ReadonlySet<string> = new Set(['name', 'question', 'from', 'stage', 'as']);
