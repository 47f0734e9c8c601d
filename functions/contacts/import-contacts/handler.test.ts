import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import { catalogue } from '#store/keys';
import { type AudienceWorld, openAudience } from '#test/builders/audience-world';

let world: AudienceWorld;
const rules = {
  fields: {
    companySize: { type: 'number', label: 'Company size', aliases: ['Employees'] },
    plan: { type: 'choice', options: ['free', 'pro'] },
    renewalDate: { type: 'date' },
    vip: { type: 'boolean' },
  },
  stages: { lead: { to: ['customer'] }, customer: { to: [] } },
};
beforeEach(async () => {
  const folder = { ...readClientFolder('acme'), journeys: {}, segments: {} };
  world = await openAudience({ client: { ...folder, client: { ...(folder.client as object), ...rules } } });
});
afterEach(() => world.close());

interface Imported {
  id: string;
  status: string;
  rows: number;
  done: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  code?: string;
  issues?: { code: string; message: string }[];
  columns: { heading: string; becomes: string }[];
}
const upload = async (body: string | Uint8Array, query = '', headers: Record<string, string> = {}) => {
  const answer = await world.world.http({
    method: 'POST',
    path: `/v1/contacts/import${query}`,
    headers: { authorization: `Bearer ${world.world.adminToken}`, 'content-type': 'text/csv', ...headers },
    body,
  } as never);
  return { status: answer.status, json: answer.json<Imported>() };
};
const results = async (id: string, query = ''): Promise<string[][]> => {
  const answer = await world.world.http({
    method: 'GET',
    path: `/v1/imports/${id}/result${query}`,
    headers: { authorization: `Bearer ${world.world.adminToken}` },
  } as never);
  return answer.text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
};
const byEmail = (email: string) =>
  world.insist<{
    id: string;
    fields: Record<string, unknown>;
    tags: string[];
    stage?: string;
    score: number;
    consent: Record<string, { given: boolean; source: string; text?: string }>;
  }>('GET', `/v1/contacts?email=${encodeURIComponent(email)}`);

describe('a file of contacts', () => {
  test('becomes contacts, with the types of the catalogue', async () => {
    const { status, json } = await upload(
      'E-Mail,First Name,Employees,plan,renewalDate,vip,Tags,stage,score,consent,Favourite colour\n' +
        'Ada@Example.com,Ada,"1,250",pro,01.03.2027,yes,vip;beta,lead,12,yes,teal\n' +
        'bob@example.com,Bob,,,,,,,,no,\n',
      `?consentText=${encodeURIComponent('I agree')}&tag=fair`,
    );
    expect([status, json]).toMatchObject([
      202,
      { status: 'completed', rows: 2, done: 2, created: 2, refused: 0 },
    ]);
    expect(json.columns.map(({ becomes }) => becomes)).toEqual([
      'email',
      'firstName',
      'companySize',
      'plan',
      'renewalDate',
      'vip',
      'tags',
      'stage',
      'score',
      'consent',
      'favouriteColour',
    ]);
    expect(await byEmail('ada@example.com')).toMatchObject({
      fields: {
        email: 'ada@example.com',
        firstName: 'Ada',
        companySize: 1250,
        plan: 'pro',
        renewalDate: '2027-03-01',
        vip: true,
        favouriteColour: 'teal',
      },
      ...{ tags: ['vip', 'beta', 'fair'], stage: 'lead', score: 12 },
      consent: { email: { given: true, source: 'import', text: 'I agree' } },
    });
    expect((await byEmail('bob@example.com')).consent.email?.given).toBe(false);
  });

  test('changes the contacts that are known, and says so of each row', async () => {
    await upload('email,firstName\nada@example.com,Ada\n');
    const { json } = await upload(
      'email,firstName,userId\nada@example.com,Adele,u-1\nbob@example.com,Bob,\nADA@example.com,Adele,u-1\n',
    );
    expect(await results(json.id)).toEqual([
      ['row', 'code', 'contact', 'notes'],
      ['2', 'updated', (await byEmail('ada@example.com')).id, ''],
      ['3', 'created', (await byEmail('bob@example.com')).id, ''],
      ['4', 'unchanged', (await byEmail('ada@example.com')).id, ''],
    ]);
    expect((await world.contact('u-1')).fields.firstName).toBe('Adele');
  });

  test.each([
    ['yes', 'no'],
    ['no', 'yes'],
  ])('of a contact that stands twice, with %s and %s, the stricter consent counts', async (first, second) => {
    const { json } = await upload(`email,consent\nada@example.com,${first}\nada@example.com,${second}\n`);
    expect(json.done).toBe(2);
    expect((await byEmail('ada@example.com')).consent.email?.given).toBe(false);
  });

  test.each([
    ['email,consent,unsubscribed', 'yes,unsubscribed'],
    ['email,consent,unsubscribed', 'yes,2024-05-01'],
    ['email,unsubscribed,consent', 'Abgemeldet,yes'],
    ['email,opt-in,Opted out', 'yes,opted out'],
    ['email,Opted out,opt-in', 'withdrawn,yes'],
    ['email,consent,opt-in,unsubscribed', 'yes,yes,2024-05-01'],
  ])('of which %s says %s leaves nobody a yes', async (header, cells) => {
    await upload(`${header}\nada@example.com,${cells}\n`);
    expect((await byEmail('ada@example.com')).consent.email?.given).toBe(false);
  });

  test('never gives again what the contact took back, and says so', async () => {
    await world.identify('ada');
    await world.drain();
    await world.insist('PATCH', `/v1/contacts/${(await world.contact('ada')).id}`, {
      consent: { email: false },
    });
    const { json } = await upload('email,consent\nada@example.com,yes\n');
    expect((await results(json.id))[1]).toMatchObject([
      '2',
      'unchanged',
      expect.any(String),
      'consent.email:stricter-stands',
    ]);
    expect((await byEmail('ada@example.com')).consent.email?.given).toBe(false);
  });

  test('leads into segments and journeys at once', async () => {
    await world.segment('pros', { contact: 'plan', is: 'pro' });
    await world.publish({ id: 'welcome', enter: { on: [{ segment: 'pros', when: 'enters' }] } });
    await upload('userId,email,plan\nada,ada@example.com,pro\n');
    expect(await world.segments('ada')).toEqual(['pros']);
    await world.drain();
    expect(await world.entered('ada', 'welcome')).toHaveLength(1);
  });

  test('that is sent again with the same Idempotency-Key is the same import', async () => {
    const headers = { 'idempotency-key': 'spring-fair' };
    const [first, second] = [
      await upload('email\nada@example.com\n', '', headers),
      await upload('email\nada@example.com\n', '', headers),
    ];
    expect([second.json.id, second.json.created]).toEqual([first.json.id, 1]);
    const other = await upload('email\nbob@example.com\n', '', headers);
    expect([other.status, other.json.code]).toEqual([409, 'other-part']);
  });

  test('comes in parts, in any order, and a part may come again', async () => {
    const { json } = await upload('', '?parts=2');
    expect(json.status).toBe('open');
    const put = async (number: number, body: string) =>
      (
        await world.world.http({
          ...{ method: 'PUT', path: `/v1/imports/${json.id}/parts/${number}`, body },
          headers: { authorization: `Bearer ${world.world.adminToken}`, 'content-type': 'text/csv' },
        } as never)
      ).json<Imported>();
    expect((await put(2, 'email\nbob@example.com\n')).status).toBe('open');
    await put(2, 'email\nbob@example.com\n');
    expect((await put(1, 'email\nada@example.com\neve@example.com\n')).status).toBe('running');
    const done = await world.insist<Imported>('POST', `/v1/imports/${json.id}/continue`);
    expect(done).toMatchObject({ status: 'completed', created: 3 });
    expect((await results(json.id)).map(([row]) => row)).toEqual(['row', '2', '3', '4']);
  });

  test('with semicolons refuses a number that could be a thousand or one, unless it is said', async () => {
    const file = (i: number) => `email;companySize\nn${i}@example.com;1.000\nm${i}@example.com;12\n`;
    const sizes = async (i: number) => [
      (await byEmail(`n${i}@example.com`)).fields.companySize,
      (await byEmail(`m${i}@example.com`)).fields.companySize,
    ];
    const { json } = await upload(file(1));
    expect([(await results(json.id))[1]?.[3], await sizes(1)]).toEqual([
      'companySize:ambiguous-number',
      [undefined, 12],
    ]);
    await upload(file(2), '?decimal=,');
    await upload(file(3), '?decimal=.');
    expect([await sizes(2), await sizes(3)]).toEqual([
      [1000, 12],
      [1, 12],
    ]);
  });

  test.each([
    ['ja', true],
    ['Oui', true],
    ['nein', false],
    ['non', false],
  ])('takes "%s" for the consent it is', async (word, given) => {
    await upload(`email,consent\nada@example.com,${word}\n`);
    expect((await byEmail('ada@example.com')).consent.email).toMatchObject({ given });
  });

  test('brings back nobody who was erased while it waited', async () => {
    await upload('email\nada@example.com\n');
    const { json } = await upload('', '?parts=2');
    const part = (number: number, body: string) =>
      world.world.http({
        ...{ method: 'PUT', path: `/v1/imports/${json.id}/parts/${number}`, body },
        headers: { authorization: `Bearer ${world.world.adminToken}`, 'content-type': 'text/csv' },
      } as never);
    await part(1, 'email,firstName\nada@example.com,Ada\n');
    await world.advance('1 minute');
    await world.insist('DELETE', `/v1/contacts/${(await byEmail('ada@example.com')).id}`);
    await world.advance('1 minute');
    await part(2, 'email,firstName\nbob@example.com,Bob\n');
    await world.advance('5 minutes');
    expect((await results(json.id)).map(([, code]) => code)).toEqual(['code', 'erased-meanwhile', 'created']);
    expect((await world.ask('GET', '/v1/contacts?email=ada@example.com')).status).toBe(404);
    await upload('email\nada@example.com\n');
    expect((await byEmail('ada@example.com')).id).toBeDefined();
  });

  test('of which a part is gone has failed, and says why', async () => {
    const rows = Array.from({ length: 6_000 }, (_, i) => `p${i}@example.com`);
    const { json } = await upload(`email\n${rows.join('\n')}\n`);
    const { store } = world.world;
    const pk = catalogue.importPk(json.id);
    const [chunk] = await store.catalogue.query({ pk, prefix: 'P#' });
    await store.catalogue.remove({ pk, sk: String(chunk?.sk) });
    await world.advance('5 minutes');
    expect(await world.insist<Imported>('GET', `/v1/imports/${json.id}`)).toMatchObject({
      ...{ status: 'failed', reason: expect.stringMatching(/^Part 1 waited longer than 7 days/) },
    });
  });

  test('of many rows goes on by itself after the answer', async () => {
    const rows = Array.from({ length: 6_000 }, (_, i) => `p${i}@example.com`);
    const { json } = await upload(`email\n${rows.join('\n')}\n`);
    expect(json).toMatchObject({ status: 'running', rows: 6_000 });
    await world.advance('5 minutes');
    expect(await world.insist<Imported>('GET', `/v1/imports/${json.id}`)).toMatchObject({
      ...{ status: 'completed', done: 6_000, created: 6_000 },
    });
    expect((await results(json.id, '?from=5990&limit=5')).map(([row]) => row)).toEqual([
      '5990',
      '5991',
      '5992',
      '5993',
      '5994',
    ]);
  });

  test('of which parts never come is forgotten after a day, with what came of it, and may be begun again', async () => {
    const begin = () => upload('', '?parts=2', { 'idempotency-key': 'half' });
    const { json } = await begin();
    const put = async () =>
      (
        await world.world.http({
          ...{ method: 'PUT', path: `/v1/imports/${json.id}/parts/1`, body: 'email\nada@example.com\n' },
          headers: { authorization: `Bearer ${world.world.adminToken}`, 'content-type': 'text/csv' },
        } as never)
      ).json<Imported>();
    await put();
    await world.advance('2 days');
    expect(await world.insist<Imported>('GET', `/v1/imports/${json.id}`)).toMatchObject({
      status: 'abandoned',
    });
    expect((await put()).code).toBe('import-abandoned');
    expect((await begin()).json).toMatchObject({ id: json.id, status: 'open', rows: 0 });
  });
});
