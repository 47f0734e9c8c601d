import type { References } from '../references.ts';

/** What the client of all examples has. */
export const exampleClient: References = {
  templates: {
    welcome: { channel: 'email', hasUnsubscribe: true, variables: ['contact.firstName'] },
    plain: { channel: 'email', hasUnsubscribe: false },
    reminder: { channel: 'sms' },
    news: { channel: 'push' },
  },
  forms: { 'demo-request': {} },
  segments: { dormant: {} },
  teams: { sales: {} },
  topics: { news: {} },
  journeys: { 'win-back': {} },
  contactFields: ['companySize'],
};
