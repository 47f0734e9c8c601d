/** Tables of the reports; their own headings come with them, as they stand in CSV. */
export const figures = {
  title: 'All figures',
  lead: 'As in CSV and in the terminal; intervals are those of 95 % certainty; of wide tables columns without a figure are left out.',
  choose: 'Table shown',
  nothing: 'Nothing was counted here yet',
  interval: (value: string, low: string, high: string) => `${value} (${low} to ${high})`,
  csv: 'CSV',
  svg: 'SVG',
  kinds: {
    sources: 'Sources',
    campaigns: 'Campaigns',
    journeys: 'Journeys',
    templates: 'Templates',
    segments: 'Segments',
  },
};
