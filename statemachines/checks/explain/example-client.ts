import type { References } from '../references.ts';

/** What the client of all examples has. */
export const exampleClient: References = {
  templates: {
    welcome: { channel: 'email', hasUnsubscribe: true, variables: ['contact.firstName'] },
    plain: { channel: 'email', hasUnsubscribe: false },
    reminder: { channel: 'sms' },
    news: { channel: 'push' },
  },
  forms: {
    'demo-request': {
      fields: {
        email: { type: 'email' },
        companySize: { type: 'number' },
        newsletter: { type: 'boolean' },
        industry: { type: 'choice', options: ['retail', 'banking'] },
      },
    },
    newsletter: { doubleOptIn: true, fields: { email: { type: 'email' } } },
  },
  segments: {
    dormant: {},
    'in-a-circle': { if: { not: { segment: 'back-again' } } },
    'back-again': { if: { segment: 'in-a-circle' } },
    'leads-in': { if: { segment: 'back-again' } },
  },
  teams: { sales: {} },
  topics: { news: {} },
  stages: { lead: {}, customer: {}, done: {}, won: {} },
  journeys: { 'win-back': {} },
  contactFields: ['companySize'],
};
