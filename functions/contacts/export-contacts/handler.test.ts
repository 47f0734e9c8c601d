import { afterEach, beforeEach, expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import { type AudienceWorld, openAudience } from '#test/builders/audience-world';

let world: AudienceWorld;
beforeEach(async () => {
  world = await openAudience({ client: folder() });
});
afterEach(() => world.close());

const folder = () => {
  const given = { ...readClientFolder('acme'), journeys: {}, segments: {} };
  const fields = { companySize: { type: 'number' }, vip: { type: 'boolean' } };
  return { ...given, client: { ...(given.client as object), fields } };
};
const ask = async (path: string, body?: string, of: AudienceWorld = world) =>
  of.world.http({
    ...{ method: body === undefined ? 'GET' : 'POST', path },
    headers: { authorization: `Bearer ${of.world.adminToken}`, 'content-type': 'text/csv' },
    ...(body === undefined ? {} : { body }),
  } as never);
const exported = async (query = '', of: AudienceWorld = world): Promise<string> => {
  let text = '';
  for (let next: string | undefined = `/v1/contacts/export${query}`; next; ) {
    const answer = await ask(next, undefined, of);
    expect(answer.status).toBe(200);
    text += answer.text;
    next = /<([^>]+)>; rel="next"/.exec(String(answer.headers.link ?? ''))?.[1];
  }
  return text;
};

const ada = {
  ...{
    email: 'ada@example.com',
    website: '=HYPERLINK("https://evil.example","click")',
    description: 'foo;=1+1',
    plea: 'say "@SUM(A1)"',
    phone: '+4915112345678',
  },
  ...{ companySize: -5, vip: true, lastName: '"Quoted", O\'Neil', company: "'=already guarded" },
  ...{ nested: { a: [1, '2'] }, title: '@sum', address: { city: 'Berlin' }, tags: ['a', 'b;c'] },
};

test('no cell of an export is a formula', async () => {
  await world.identify('u-1', ada);
  await world.drain();
  const cells = (await exported())
    .split(/\r\n(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .flatMap((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
  const values = cells.map((cell) => cell.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"'));
  expect(values).toContain('\'=HYPERLINK("https://evil.example","click")');
  expect(values.some((value) => value.includes("foo;'=1+1"))).toBe(true);
  expect(values.filter((value) => /[;\t"\r\n]\s*[=+\-@]/.test(value))).toEqual([]);
  expect(values.filter((value) => /^[=+\-@\t\r]/.test(value) && !/^-?\d+$/.test(value))).toEqual([]);
});

test('no line within a cell is a formula; the import, which makes spaces of line breaks, takes the marks away', async () => {
  const lastName = 'y\r\n+cmd|calc\n=1\r-2\u2028@x';
  await world.identify('u-1', { email: 'ada@example.com', lastName });
  await world.drain();
  const file = await exported();
  expect(file).toContain(`,"y\r\n'+cmd|calc\n'=1\r'-2\u2028'@x",`);
  await ask('/v1/contacts/import', file);
  expect((await world.contact('u-1')).fields.lastName).toBe('y +cmd|calc =1 -2 @x');
});

test('what is exported is imported as it was, also into another world', async () => {
  await world.identify('u-1', ada);
  await world.identify('u-2', { email: 'bob@example.com', consent: { email: false } });
  await world.drain();
  const file = await exported();
  const other = await openAudience({ client: folder() });
  try {
    const answer = await ask('/v1/contacts/import', file, other);
    expect(answer.json()).toMatchObject({ created: 2, refused: 0 });
    for (const name of ['u-1', 'u-2']) {
      const [was, is] = [await world.contact(name), await other.contact(name)];
      expect(is).toMatchObject({ fields: was.fields, tags: was.tags });
      expect(is.consent.email?.given).toBe(was.consent.email?.given);
    }
  } finally {
    await other.close();
  }
  const again = await ask('/v1/contacts/import', file);
  expect(again.json()).toMatchObject({ unchanged: 2, created: 0, updated: 0 });
});

test('comes page by page, each contact once, as CSV or NDJSON', async () => {
  const emails = Array.from({ length: 25 }, (_, i) => `p${i}@example.com`);
  await ask('/v1/contacts/import', `email\n${emails.join('\n')}\n`);
  const lines = (await exported('?format=ndjson&limit=4')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).fields.email).sort()).toEqual(emails.sort());
  expect((await exported('?limit=7')).trimEnd().split('\r\n')).toHaveLength(26);
});

test('of a segment holds its members only', async () => {
  await world.segment('large', { contact: 'companySize', above: 100 });
  await ask('/v1/contacts/import', 'email,companySize\nada@example.com,500\nbob@example.com,5\n');
  const lines = (await exported('?format=ndjson&segment=large')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).fields.email)).toEqual(['ada@example.com']);
});

test('leaves out who was erased', async () => {
  await world.identify('ada');
  await world.drain();
  await world.insist('DELETE', `/v1/contacts/${(await world.contact('ada')).id}`);
  await world.drain();
  expect(await exported('?format=ndjson')).toBe('');
});

test.each([
  ['an unknown format', '?format=xlsx', 400, 'invalid-query'],
  ['a mark that is none', '?after=nonsense', 400, 'invalid-cursor'],
  ['a limit of none', '?limit=0', 400, 'invalid-query'],
  ['an unknown segment', '?segment=nobody', 404, 'unknown-segment'],
])('refuses %s', async (_, query, status, code) => {
  const answer = await ask(`/v1/contacts/export${query}`);
  expect([answer.status, answer.json<{ code: string }>().code]).toEqual([status, code]);
});
