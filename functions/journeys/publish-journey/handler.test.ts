import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '#statemachines/document/schema';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf, pause } from '#test/builders/journeys';
import { createHandler as manage } from '../manage-documents/handler.ts';
import { record as manageRecord } from '../manage-documents/record.ts';
import { createHandler as read } from '../read-journey/handler.ts';
import { record as readRecord } from '../read-journey/record.ts';
import { createHandler as upload } from '../upload-journey/handler.ts';
import { record as uploadRecord } from '../upload-journey/record.ts';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage(undefined, {
    'publish-journey': { record, createHandler },
    'upload-journey': { record: uploadRecord, createHandler: upload },
    'read-journey': { record: readRecord, createHandler: read },
    'manage-documents': { record: manageRecord, createHandler: manage },
  });
});
afterEach(() => stage.close());

const template = (text: string) => ({
  channel: 'email',
  subject: 'Hello',
  text: `${text} {{ links.unsubscribe }}`,
});
const putTemplate = (id: string, body: unknown) =>
  stage.ask('manage-documents', { method: 'PUT', path: `/v1/templates/${id}`, body: JSON.stringify(body) });
const put = (steps: Step[], headers: Record<string, string> = {}, id = 'a-journey') =>
  stage.ask('upload-journey', {
    method: 'PUT',
    path: `/v1/journeys/${id}`,
    headers,
    body: JSON.stringify(journeyOf(steps)),
  });
const publish = () => stage.ask('publish-journey', { path: '/v1/journeys/a-journey/publish' });
const get = (path: string) => stage.ask('read-journey', { method: 'GET', path });
const enter = async () => {
  const ada = await stage.contact();
  await stage.event(ada);
  await stage.settle();
  return ada;
};

describe('publishing', () => {
  it('lets new runs start on the new version, and old ones finish on theirs', async () => {
    await putTemplate('welcome', template('First'));
    await put([pause('a-day', '1 day'), email('mail')]);
    expect(await publish()).toMatchObject({ status: 200, json: { version: 1, status: 'live' } });
    await enter();
    await putTemplate('welcome', template('Second'));
    await put([pause('two-days'), email('mail')]);
    expect(await publish()).toMatchObject({ status: 200, json: { version: 2 } });
    await enter();
    await stage.advance('1 day');
    expect(stage.outbox().map(({ body }) => Buffer.from(body).toString())).toEqual([
      expect.stringContaining('First'),
    ]);
    await stage.advance('1 day');
    expect(Buffer.from(stage.outbox()[1]!.body).toString()).toContain('Second');
  });

  it('of the same again is no new version', async () => {
    await putTemplate('welcome', template('First'));
    await put([email('mail')]);
    await publish();
    expect(await publish()).toMatchObject({ json: { version: 1 } });
    await putTemplate('welcome', template('Second'));
    expect(await publish()).toMatchObject({ json: { version: 2 } });
  });

  it('shows the version: its document, machine and picture', async () => {
    await putTemplate('welcome', template('First'));
    await put([email('mail')]);
    await publish();
    expect((await get('/v1/journeys/a-journey/versions/1')).json).toMatchObject({
      journey: 'a-journey',
      version: 1,
      document: { steps: [{ id: 'mail' }] },
      templates: ['welcome'],
    });
    expect((await get('/v1/journeys/a-journey/versions/1/asl')).json).toMatchObject({
      QueryLanguage: 'JSONata',
    });
    expect((await get('/v1/journeys/a-journey/versions/1/picture.svg')).text).toMatch(/^<svg /);
    expect(await get('/v1/journeys/a-journey/versions/2')).toMatchObject({
      ...{ status: 404 },
      json: { detail: 'The journey "a-journey" has no such version; its newest is 1.' },
    });
    expect((await get('/v1/journeys')).json).toMatchObject({
      journeys: [{ id: 'a-journey', status: 'live' }],
    });
  });

  it('leaves nothing behind that counts when it falls on the way, and works when asked again', async () => {
    await putTemplate('welcome', template('First'));
    await put([email('mail')]);
    stage.sabotage.before = (_service, operation) => {
      if (operation === 'PublishStateMachineVersion') throw new Error('fell');
    };
    expect((await publish()).status).toBe(500);
    stage.sabotage.before = undefined;
    expect((await get('/v1/journeys/a-journey')).json).toMatchObject({ status: 'draft' });
    await put([pause('a-day', '1 day'), email('mail')]);
    expect(await publish()).toMatchObject({ status: 200, json: { version: 1 } });
  });

  it('refuses what was never uploaded', async () => {
    expect(await publish()).toMatchObject({ status: 404, json: { code: 'unknown-journey' } });
  });

  it('refuses a draft whose template is gone by now', async () => {
    await putTemplate('welcome', template('First'));
    await put([email('mail')]);
    await stage.ask('manage-documents', { method: 'DELETE', path: '/v1/templates/welcome' });
    expect(await publish()).toMatchObject({ status: 422, json: { issues: [{ code: 'unknown-template' }] } });
  });
});

describe('uploading', () => {
  beforeEach(() => putTemplate('welcome', template('First')));

  it('refuses a broken journey with every issue at once, and the live version goes on', async () => {
    await put([email('mail')]);
    await publish();
    const broken = [
      { id: 'mail', type: 'emial' },
      { id: 'mail', type: 'wait', for: 'a while' },
    ] as never;
    const answer = await put(broken);
    expect(answer.status).toBe(422);
    expect(answer.headers['content-type']).toContain('problem+json');
    expect(answer.json.issues?.length).toBeGreaterThan(1);
    await enter();
    expect(stage.outbox()).toHaveLength(1);
  });

  it('answers its warnings, and what guards the next upload', async () => {
    const first = await put([email('mail')]);
    expect(first).toMatchObject({ status: 200, json: { id: 'a-journey', issues: expect.any(Array) } });
    expect((await put([email('mail')], { 'if-match': first.headers.etag! })).status).toBe(200);
    expect((await put([pause('w'), email('mail')], { 'if-match': first.headers.etag! })).status).toBe(200);
    const late = await put([email('mail')], { 'if-match': first.headers.etag! });
    const now = (await get('/v1/journeys/a-journey')).headers.etag;
    expect(late).toMatchObject({ status: 412, headers: { etag: now }, json: { code: 'changed-meanwhile' } });
    expect(late.json.detail).toContain(`its ETag is now ${now}`);
    expect((await get('/v1/journeys/a-journey')).json).toMatchObject({
      document: { steps: [{ id: 'w' }, {}] },
    });
  });

  it('refuses a document that names another journey', async () => {
    expect(await put([email('mail')], {}, 'b-journey')).toMatchObject({
      status: 422,
      json: { issues: [{ code: 'other-id', path: '/id' }] },
    });
  });

  it('tells what is wrong with an id that no journey can have', async () => {
    const steps = [email('mail')];
    expect(await put(steps, { id: 'Bad Id' }, 'Bad%20Id')).toMatchObject({
      status: 422,
      json: { issues: [{ path: '/id' }] },
    });
    expect(await put(steps, {}, 'Bad%20Id')).toMatchObject({ json: { issues: [{ code: 'other-id' }] } });
  });

  it('names its own limit, not that of the body, to a document of several megabytes', async () => {
    const steps = [email('mail', { name: 'x'.repeat(3_000_000) })];
    expect(await put(steps)).toMatchObject({
      status: 422,
      json: { issues: [{ code: 'document-too-large' }] },
    });
  });

  it('checks without keeping anything', async () => {
    const body = JSON.stringify(journeyOf([email('mail', { template: 'nowhere' })]));
    expect(await stage.ask('upload-journey', { path: '/v1/journeys/check', body })).toMatchObject({
      status: 422,
      json: { issues: [{ code: 'unknown-template' }] },
    });
    expect((await get('/v1/journeys')).json).toEqual({ journeys: [] });
  });

  it('refuses text that is no JSON at all, with its place', async () => {
    const answer = await stage.ask('upload-journey', {
      path: '/v1/journeys/check',
      body: '{ "wayleaf": 1,, }',
    });
    expect(answer).toMatchObject({ status: 422, json: { issues: [{ code: 'not-json', line: 1 }] } });
  });
});

describe('templates, forms and segments', () => {
  const ask = (method: string, path: string, body?: unknown) =>
    stage.ask('manage-documents', {
      method,
      path,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  it('are read back as they were written', async () => {
    expect((await putTemplate('welcome', template('First'))).status).toBe(201);
    expect((await ask('GET', '/v1/templates/welcome')).json).toEqual(template('First'));
    const segment = { name: 'Leads', if: { tag: 'lead' } };
    await ask('PUT', '/v1/segments/leads', segment);
    expect((await ask('GET', '/v1/segments/leads')).json).toEqual(segment);
    expect((await ask('GET', '/v1/forms/none')).status).toBe(404);
  });

  it('are refused with their issues', async () => {
    expect(await putTemplate('welcome', { channel: 'email', subject: 'x', text: '{{ oops' })).toMatchObject({
      status: 422,
      json: { code: 'invalid-template', issues: [{ path: '/text' }] },
    });
    expect(await ask('PUT', '/v1/segments/all', { name: 'All', if: { all: [] } })).toMatchObject({
      status: 422,
    });
    expect(await ask('PUT', '/v1/forms/x', { name: 'X', fields: {} })).toMatchObject({ status: 422 });
    expect(await ask('PUT', '/v1/segments/Bad_Id', { name: 'All', if: { tag: 'a' } })).toMatchObject({
      status: 422,
    });
  });

  it('cannot be taken away while a live journey names them', async () => {
    await putTemplate('welcome', template('First'));
    await put([email('mail')]);
    await publish();
    expect(await ask('DELETE', '/v1/templates/welcome')).toMatchObject({
      status: 409,
      json: { code: 'in-use' },
    });
    await putTemplate('unused', template('First'));
    expect((await ask('DELETE', '/v1/templates/unused')).status).toBe(204);
    expect((await ask('GET', '/v1/templates/unused')).status).toBe(404);
  });

  it('are guarded against lost edits', async () => {
    const { headers } = await putTemplate('welcome', template('First'));
    await putTemplate('welcome', template('Second'));
    const stale = { method: 'PUT', path: '/v1/templates/welcome', headers: { 'if-match': headers.etag! } };
    expect(
      (await stage.ask('manage-documents', { ...stale, body: JSON.stringify(template('Third')) })).status,
    ).toBe(412);
  });
});
