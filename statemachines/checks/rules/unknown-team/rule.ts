import type { Rule } from '../../rule.ts';
import { unknownName } from '../../unknown-name.ts';

export const unknownTeam: Rule = {
  id: 'unknown-team',
  severity: 'error',
  title: 'A team that is named exists',
  explain: 'Teams stand in the `teams` of the client, with the topic that reaches them.',
  example: { wrong: '{ "type": "notify", "team": "slaes" }', right: '{ "type": "notify", "team": "sales" }' },
  check: ({ uses, references: { teams } }) =>
    uses
      .filter((use) => use.kind === 'team')
      .flatMap(({ value, path }) => unknownName('team', value, path, teams)),
};
