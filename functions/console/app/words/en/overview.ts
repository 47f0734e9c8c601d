export const overview = {
  title: 'Overview',
  lead: 'What your journeys did, and whether they are well.',
};
