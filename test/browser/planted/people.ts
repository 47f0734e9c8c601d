import type { World } from '#infra/local/world';
import { parkCall } from '#store/parked';
import { call, identify } from '../console/people-given.ts';
import { outcomeJourneys } from './documents.ts';
import { eventNames, oneLine, take } from './take.ts';
import { planted } from './xss.ts';

const headers = { authorization: `Basic ${btoa('wk_acme:')}` };
const track = async (world: World, body: object): Promise<void> => {
  const { status, text } = await world.http({ method: 'POST', path: '/v1/track', headers, body });
  if (status !== 200) throw new Error(`${status} ${text}`);
};

/** As campaign marks, titles and addresses of pages say where somebody came from. */
const context = (text: string) => ({
  campaign: { source: text, medium: text, name: text },
  page: { title: text, url: `https://www.acme.example/${encodeURIComponent(text)}` },
});

/** One of each name, and one (mallory) who has all of them in fields, tags, history and consent. */
export const plantPeople = async (world: World): Promise<string> => {
  // First, so that who came last has a name.
  for (const [i, text] of planted.entries())
    await track(world, { anonymousId: `visitor-${i}`, event: 'Came', context: context(text) });
  await world.advance('1 minute');
  await identify(world, 'mallory', { email: 'mallory@example.com', consent: ['email'] });
  for (const [i, text] of planted.entries()) {
    const traits = { firstName: text, lastName: text, company: text, email: `mal-${i}@example.com` };
    await identify(world, `mal-${i}`, traits);
    const properties = { one: text, two: planted[i + 16], three: planted[i + 32] };
    if (i < 16) await track(world, { userId: `mal-${i}`, event: 'Planted Task', properties });
    await track(world, {
      ...{ userId: 'mallory', event: eventNames.includes(text) ? text : 'Unnamed' },
      properties: { name: text, [text]: text },
      context: context(text),
    });
  }
  const asked = ['Mails', 'Raw', 'Planted', ...outcomeJourneys().map((_, i) => `Outcomes ${i}`)];
  for (const event of asked) await track(world, { userId: 'mallory', event });
  await world.advance('3 minutes');
  const { json } = await call(world, 'GET', '/v1/contacts?userId=mallory');
  const at = `/v1/contacts/${json.id}`;
  const set = Object.fromEntries(oneLine.map((text, i) => [`f${i}`, text]));
  await take(world, 'PATCH', at, { set, addTags: oneLine });
  for (const [i, text] of oneLine.entries())
    await take(world, 'PATCH', at, {
      ...{ consent: { [`t${i}`]: true }, consentText: text, consentOrigin: text },
    });
  return String(json.id);
};

/** What waits for a person, and what was set aside. */
export const plantWork = async (world: World): Promise<void> => {
  for (const [i, reason] of planted.entries())
    await parkCall(world.store, {
      ...{ id: `mal-${i}`, at: new Date(world.clock.now()).toISOString(), function: reason, reason },
      payload: JSON.stringify(planted),
    });
};

export const plantTokens = async (world: World): Promise<string> => {
  const tokens: string[] = [];
  for (const [i, name] of oneLine.entries()) {
    const role = i === 2 ? 'admin' : 'viewer';
    const { token } = await take(world, 'POST', '/v1/tokens', { name, role });
    tokens.push(String(token));
  }
  await world.advance('1 second');
  // All but one are refused, and each is kept under its name.
  for (const token of tokens)
    await world.http({
      ...{ method: 'POST', path: '/v1/journeys/many/pause', body: {} },
      headers: { authorization: `Bearer ${token}` },
    });
  // Whose name stands beside every page that is looked at.
  return tokens[2]!;
};
