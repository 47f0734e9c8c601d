/** Few words, so that what is said and what is listened for often meet. */
export const events = ['Order Completed', 'Page Seen', 'Account Closed'];
export const entrances = ['Signed Up', 'Trial Begun'];
export const forms = ['demo', 'survey'];
export const tags = ['vip', 'new'];
export const stages = ['lead', 'customer'];
export const plans = ['free', 'pro'];
/** Summer time begins and ends in some of them, half-hour and quarter-hour zones, midnights that do not exist. */
export const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Santiago',
  'Africa/Cairo',
  'Pacific/Apia',
];
/** Days around which clocks change, and one where nothing does. */
export const days = [
  '2026-03-07',
  '2026-03-28',
  '2026-04-04',
  '2026-04-23',
  '2026-09-05',
  '2026-10-03',
  '2026-10-24',
  '2026-10-29',
  '2026-10-31',
  '2026-06-10',
];
export const short = ['10 minutes', '90 minutes', '5 hours', 'PT1H30M'];
export const long = ['1 day', '2 days', '36 hours', 'P1DT2H', '4 days', '1 week'];
export const times = ['00:00', '02:30', '02:15', '08:00', '09:30', '13:05', '23:59'];
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
