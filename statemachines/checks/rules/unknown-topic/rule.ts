import { contactChannels } from '#model/channel';
import { innerPlaced } from '../../inner-conditions.ts';
import { ids } from '../../references.ts';
import type { Rule } from '../../rule.ts';
import { unknownName } from '../../unknown-name.ts';

export const unknownTopic: Rule = {
  id: 'unknown-topic',
  severity: 'error',
  title: 'A channel or topic that is named exists',
  explain:
    'Consent is given for a channel (`email`, `sms`, `push`) or for one of the topics in `client.json`.',
  why: 'For anything else it is never given, so the condition would be false for everybody.',
  example: {
    place: 'condition',
    wrong: '{ "consent": "emial" }',
    right: '{ "consent": "email" }',
  },
  check: (view) => {
    const { topics } = view.references;
    const known = topics && Object.fromEntries([...contactChannels, ...ids(topics)].map((id) => [id, true]));
    return innerPlaced(view).flatMap(({ value, path }) =>
      'consent' in value ? unknownName('channel or topic', value.consent, [...path, 'consent'], known) : [],
    );
  },
};
