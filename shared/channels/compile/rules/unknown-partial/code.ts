import type { ExplainedTemplate } from '../../rule.ts';

export const unknownPartial: ExplainedTemplate = {
  id: 'unknown-partial',
  severity: 'error',
  title: 'A partial that is named exists',
  explain:
    'A partial is a file in the folder `partials` of the client, without `.json`, or one that was uploaded. It needs a body of the form in which it stands, or a `text`, which stands everywhere.',
  why: 'There would be a hole in the message where it should stand.',
  as: 'text',
  example: {
    place: 'words',
    wrong: "{% render 'singature' %}",
    right: "{% render 'signature' %}",
  },
};
