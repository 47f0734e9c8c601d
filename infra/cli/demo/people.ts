/**
 * Who comes by in the demo, and what they do afterwards. Times count from the moment they come.
 * Every leaf of both journeys is reached by somebody; the split is drawn, so many people stay silent.
 */
export interface Person {
  firstName: string;
  lastName: string;
  timezone: string;
  language?: string;
  /** How they come: the form on the website, or events from the shop. */
  comes:
    | { by: 'form'; companySize: number; consent: boolean }
    | { by: 'events'; engagement: number; lastPurchaseDaysAgo?: number; phone?: string };
  does: Deed[];
}

export type Deed =
  | { after: string; opens: string }
  | { after: string; clicks: string }
  | { after: string; bounces: string }
  | { after: string; complains: string }
  | { after: string; unsubscribes: string }
  /** Answers the text message. */
  | { after: string; texts: string }
  | { after: string; tracks: string; properties?: Record<string, unknown> }
  /** A colleague answers the task `call`. */
  | { after: string; call: 'reached' | 'no answer' };

const form = (companySize: number, consent = true): Person['comes'] => ({ by: 'form', companySize, consent });
const shop = (engagement: number, lastPurchaseDaysAgo?: number, phone?: string): Person['comes'] => ({
  by: 'events',
  engagement,
  ...(lastPurchaseDaysAgo === undefined ? {} : { lastPurchaseDaysAgo }),
  ...(phone === undefined ? {} : { phone }),
});
const person = (name: string, timezone: string, comes: Person['comes'], ...does: Deed[]): Person => {
  const [firstName = '', lastName = ''] = name.split(' ');
  return { firstName, lastName, timezone, comes, does };
};

const clicksConfirm: Deed = { after: '3 hours', clicks: 'demo-confirm' };

export const people: readonly Person[] = [
  // Follow up a demo request
  person(
    'Ada Okafor',
    'Europe/Berlin',
    form(120),
    clicksConfirm,
    { after: '3 days', call: 'reached' },
    { after: '4 days', tracks: 'Demo Booked' },
  ),
  person('Bruno Silva', 'America/Sao_Paulo', form(80), clicksConfirm, { after: '3 days', call: 'no answer' }),
  person('Chiara Rossi', 'Europe/Rome', form(300), clicksConfirm),
  person('Dmitri Novak', 'Europe/Prague', form(12), clicksConfirm, { after: '2 days', opens: 'self-serve' }),
  person('Emma Larsen', 'Europe/Copenhagen', form(60), { after: '1 hour', tracks: 'Demo Booked' }),
  person('Farid Haddad', 'Asia/Dubai', form(200), { after: '4 days', call: 'reached' }),
  person('Grace Kim', 'Asia/Seoul', form(9), { after: '5 days', clicks: 'self-serve' }),
  person('Hugo Martin', 'Europe/Paris', form(3)),
  person('Ines Castro', 'Europe/Lisbon', form(25), { after: '2 hours', opens: 'demo-confirm' }),
  person('Jonas Weber', 'Europe/Vienna', form(14)),
  person('Kavya Rao', 'Asia/Kolkata', form(33)),
  person('Liam Byrne', 'Europe/Dublin', form(7), { after: '1 day', unsubscribes: 'demo-confirm' }),
  person('Maja Nowak', 'Europe/Warsaw', form(48)),
  person('Noah Green', 'America/New_York', form(5), { after: '10 minutes', bounces: 'demo-confirm' }),
  person('Olga Petrova', 'America/Toronto', form(18)),
  person('Pablo Ruiz', 'Europe/Madrid', form(22)),
  person('Quinn Taylor', 'Australia/Adelaide', form(41)),
  person('Rosa Lind', 'Europe/Stockholm', form(30)),
  person('Sami Aalto', 'Europe/Helsinki', form(150), { after: '3 days', call: 'no answer' }),
  person('Tara Singh', 'Asia/Kathmandu', form(11)),
  person('Uma Clark', 'America/Los_Angeles', form(16)),
  person('Victor Lopez', 'America/Mexico_City', form(75, false)),
  // Increase customer engagement
  person('Wanda Fischer', 'Europe/Zurich', shop(88), { after: '5 hours', clicks: 'loyalty-rewards' }),
  person('Xavier Dubois', 'Europe/Brussels', shop(75), {
    after: '2 days',
    tracks: 'Order Completed',
    properties: { orderId: 'A-1001', revenue: 84.5, currency: 'EUR' },
  }),
  person('Yara Costa', 'America/Sao_Paulo', shop(20, 14), { after: '1 day', opens: 'thank-you' }),
  person('Zoe Evans', 'Europe/London', shop(31, 40), {
    after: '3 days',
    tracks: 'Order Completed',
    properties: { orderId: 'A-1002', revenue: 129, currency: 'GBP' },
  }),
  person('Arne Holm', 'Europe/Oslo', shop(10, 200), { after: '1 day', clicks: 're-engage' }),
  person('Bea Moreau', 'Europe/Paris', shop(5, undefined, '+33612345678')),
  person('Carl Jensen', 'Europe/Copenhagen', shop(15, 400, '+4520123456'), {
    after: '6 days',
    texts: 'STOP',
  }),
  person('Dana Wolf', 'America/Chicago', shop(25), { after: '4 hours', tracks: 'Account Closed' }),
  person('Elif Demir', 'Europe/Istanbul', shop(55)),
  person('Finn Koch', 'Europe/Berlin', shop(45)),
  person('Gita Nair', 'Asia/Kolkata', shop(8, 365, '+919876543210'), {
    after: '2 days',
    complains: 're-engage',
  }),
];

export const emailOf = ({ firstName, lastName }: Person): string =>
  `${firstName}.${lastName}@example.com`.toLowerCase();
