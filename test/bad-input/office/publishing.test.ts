import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Office, openOffice, tokens } from './world.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const journey = (name: string) => ({
  ...{ wayleaf: 1, id: 'hello', name, enter: { on: [{ event: 'Signed Up' }] } },
  steps: [{ id: 'pause', type: 'wait', for: '1 day' }],
});
const upload = (name: string, headers: Record<string, string> = {}) =>
  office.ask('PUT', '/v1/journeys/hello', { token: tokens.author, headers, body: journey(name) });
const publish = (headers: Record<string, string> = {}) =>
  office.ask('POST', '/v1/journeys/hello/publish', { token: tokens.publisher, headers });
const act = (verb: string) => office.ask('POST', `/v1/journeys/hello/${verb}`, { token: tokens.publisher });
const versionsThere = async (): Promise<number> => {
  for (let n = 1; ; n++)
    if ((await office.ask('GET', `/v1/journeys/hello/versions/${n}`)).status === 404) return n - 1;
};
/** What is live is one whole version, and the next one can be published. */
const isWhole = async (): Promise<void> => {
  const { version } = (await office.ask('GET', '/v1/journeys/hello')).json<{ version: number }>();
  expect(await versionsThere()).toBe(version);
  expect((await office.ask('GET', `/v1/journeys/hello/versions/${version}/asl`)).status).toBe(200);
  await upload(`Another ${version}`);
  expect((await publish()).json()).toMatchObject({ version: version + 1 });
  expect(await versionsThere()).toBe(version + 1);
};
const statuses = (answers: readonly { status: number }[]): number[] =>
  answers.map(({ status }) => status).sort();

describe('publishers at once', () => {
  test('one wins, the others are told, and nothing is half', async () => {
    await upload('First');
    const answers = await Promise.all([publish(), publish(), publish()]);
    expect(statuses(answers)).toEqual([200, 409, 409]);
    for (const { status, json } of answers.map((answer) => ({ status: answer.status, json: answer.json() })))
      if (status === 409) expect(json).toMatchObject({ code: 'changed-meanwhile' });
    expect(await versionsThere()).toBe(1);
    await isWhole();
  });

  test('the same again, one after the other, is no new version', async () => {
    await upload('First');
    expect(statuses([await publish(), await publish()])).toEqual([200, 200]);
    expect(await versionsThere()).toBe(1);
  });

  test('a publisher who looked at another draft is told, and publishes nothing', async () => {
    const seen = String((await upload('Seen')).headers.etag);
    await upload('Changed since');
    const answer = await publish({ 'if-match': seen });
    expect([answer.status, answer.json()]).toMatchObject([412, { code: 'changed-meanwhile' }]);
    expect(await versionsThere()).toBe(0);
    expect((await publish({ 'if-match': String(answer.headers.etag) })).status).toBe(200);
    await isWhole();
  });
});

describe('an upload', () => {
  test('at the moment of a publish: what is published is a draft that somebody uploaded, whole', async () => {
    await upload('First');
    const answers = await Promise.all([publish(), upload('Second'), publish(), upload('Third')]);
    expect(answers.every(({ status }) => [200, 409].includes(status))).toBe(true);
    await publish();
    await isWhole();
  });

  test('of two authors on the same draft: one is kept, the other is told', async () => {
    const seen = String((await upload('First')).headers.etag);
    const answers = await Promise.all([
      upload('Mine', { 'if-match': seen }),
      upload('Yours', { 'if-match': seen }),
    ]);
    expect([
      [200, 409],
      [200, 412],
    ]).toContainEqual(statuses(answers));
    await publish();
    await isWhole();
  });

  test('of two authors on a new journey: one is kept, the other is told', async () => {
    const answers = await Promise.all([upload('Mine'), upload('Yours')]);
    expect(statuses(answers)).toEqual([200, 409]);
  });
});

test('pausing, resuming and archiving at once leave one state, and all who were too late are told', async () => {
  await upload('First');
  await publish();
  const answers = await Promise.all([act('pause'), act('archive'), publish(), act('resume')]);
  expect(answers.every(({ status }) => [200, 409].includes(status))).toBe(true);
  const { status } = (await office.ask('GET', '/v1/journeys/hello')).json<{ status: string }>();
  expect(['paused', 'archived', 'live']).toContain(status);
  await isWhole();
});
