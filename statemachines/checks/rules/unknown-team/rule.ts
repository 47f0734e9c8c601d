import type { Rule } from '../../rule.ts';
import { unknownName } from '../../unknown-name.ts';

export const unknownTeam: Rule = {
  id: 'unknown-team',
  severity: 'error',
  title: 'A team that is named exists',
  explain: 'A `team` is one of the teams in `client.json`.',
  why: 'Nobody would hear of it: each team has its own topic, to which colleagues subscribe.',
  example: {
    wrong: '{ "id": "tell", "type": "notify", "team": "slaes", "text": "Call them" }',
    right: '{ "id": "tell", "type": "notify", "team": "sales", "text": "Call them" }',
  },
  check: ({ uses, references: { teams } }) =>
    uses
      .filter((use) => use.kind === 'team')
      .flatMap(({ value, path }) => unknownName('team', value, path, teams)),
};
