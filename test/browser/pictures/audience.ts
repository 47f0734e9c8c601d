import type { World } from '#infra/local/world';

const hour = 3_600_000;
const names = [
  ...['Ada Okafor', 'Bruno Silva', 'Chiara Rossi', 'Dmitri Novak', 'Emma Larsen', 'Farid Haddad'],
  ...['Grace Kim', 'Hugo Martin', 'Ines Castro', 'Jonas Weber', 'Kavya Rao', 'Liam Byrne', 'Maja Nowak'],
  ...['Olga Petrova', 'Pablo Ruiz', 'Rosa Lind', 'Sami Aalto', 'Tara Singh', 'Uma Clark', 'Victor Lopez'],
];

/** Much the same each time; who is drawn into which arm is not. */
const createDraw = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

const comes = (world: World, i: number, draw: () => number) => {
  const [firstName = '', lastName = ''] = names[i % names.length]!.split(' ');
  return world.http({
    ...{ method: 'POST', path: '/v1/forms/demo-request' },
    body: {
      ...{ firstName, lastName, email: `${firstName}.${lastName}.${i}@example.com`.toLowerCase() },
      companySize: String(Math.ceil(200 * draw() ** 2)),
      ...{ timezone: 'Europe/Berlin', consent: 'yes' },
    },
  });
};

/** Who came by the form signs in first: from then on it is known who it is. */
const books = async (world: World, email: string): Promise<void> => {
  const common = { method: 'POST', headers: { authorization: `Basic ${btoa('wk_acme:')}` } };
  await world.http({ ...common, path: '/v1/identify', body: { userId: email, traits: { email } } });
  await world.drain();
  await world.http({ ...common, path: '/v1/track', body: { userId: email, event: 'Demo Booked' } });
};

/** How likely a mail is clicked, and its reader books afterwards. */
const likely = (template: string | undefined, subject: string): [number, number] => {
  if (template !== 'demo-nudge') return [0.34, 0.35];
  return subject.startsWith('How others') ? [0.42, 0.62] : [0.2, 0.4];
};

/** What readers did with the mails of the last day. @returns who will book */
const read = async (world: World, seen: Set<string>, draw: () => number): Promise<string[]> => {
  const booking: string[] = [];
  for (const { sendId, to, subject = '', tags, channel } of await world.outbox()) {
    if (channel !== 'email' || sendId === undefined || seen.has(sendId)) continue;
    seen.add(sendId);
    const [click, book] = likely(tags.template, subject);
    if (draw() < 0.02) await world.feedback({ sendId, type: 'bounce' });
    else if (draw() < click) {
      await world.feedback({ sendId, type: 'click' });
      if (draw() < book) booking.push(to);
    } else if (draw() < 0.5) await world.feedback({ sendId, type: 'open' });
  }
  return booking;
};

/** A month of people who ask for a demo. */
export const play = async (world: World): Promise<void> => {
  const draw = createDraw(7);
  const seen = new Set<string>();
  let i = 0;
  for (let day = 0; day < 30; day++) {
    const many = 9 + Math.floor(8 * draw()) - (day % 7 > 4 ? 6 : 0);
    for (let n = 0; n < many; n++) await comes(world, i++, draw);
    await world.advance(9 * hour);
    for (const email of await read(world, seen, draw)) await books(world, email);
    await world.advance(15 * hour);
  }
};
