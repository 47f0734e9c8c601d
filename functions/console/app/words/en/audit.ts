export const audit = {
  title: 'Audit',
  lead: 'Who did what, and when; newest first.',
  actor: 'By whom',
  actorHint: 'Id of a token, or deployment',
  subject: 'About what',
  subjectHint: 'Such as journeys/welcome',
  days: 'Within',
  ranges: { 7: '7 days', 31: '31 days', 365: 'a year' } as Record<number, string>,
  columns: { at: 'When', actor: 'Who', what: 'Did', subject: 'About', status: 'Result' },
  nothing: { title: 'Nothing was done', text: 'Nobody did anything of this kind in this time.' },
  open: 'not ended',
  verbs: {
    ...{ GET: 'looked at', PUT: 'wrote', PATCH: 'changed', DELETE: 'removed', POST: 'asked for' },
  } as Record<string, string>,
  only: (name: string) => `Only what ${name} did`,
};
