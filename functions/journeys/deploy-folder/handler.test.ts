import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientsFolder, readClientFolder } from '#infra/client-folder';
import { getDocument } from '#store/catalogue/documents';
import { readDraft, readJourney, readVersion } from '#store/catalogue/journeys';
import type { StoredTemplate } from '#store/catalogue/stored-template';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { createHandler as manage } from '../manage-documents/handler.ts';
import { record as manageRecord } from '../manage-documents/record.ts';
import { createHandler as publish } from '../publish-journey/handler.ts';
import { record as publishRecord } from '../publish-journey/record.ts';
import { createHandler as read } from '../read-journey/handler.ts';
import { record as readRecord } from '../read-journey/record.ts';
import { createHandler as upload } from '../upload-journey/handler.ts';
import { record as uploadRecord } from '../upload-journey/record.ts';
import { readFolder } from './folder.ts';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage(undefined, {
    'deploy-folder': { record, createHandler },
    'manage-documents': { record: manageRecord, createHandler: manage },
    'publish-journey': { record: publishRecord, createHandler: publish },
    'read-journey': { record: readRecord, createHandler: read },
    'upload-journey': { record: uploadRecord, createHandler: upload },
  });
});
afterEach(() => stage.close());

const acme = readClientFolder('acme');
const machineOf = (journey: string, version = 1) => {
  const stateMachineArn = `arn:aws:states:eu-central-1:111122223333:stateMachine:wayleaf-acme-${journey}`;
  return { stateMachineArn, versionArn: `${stateMachineArn}:${version}` };
};
const machines = Object.fromEntries(Object.keys(acme.journeys).map((id) => [id, machineOf(id)]));
const deploy = (folder: object = acme, more: object = {}) =>
  stage.invoke('deploy-folder', { RequestType: 'Create', ResourceProperties: { folder, machines }, ...more });

const everythingOf = async (id: string) => ({
  journey: await readJourney(stage.store, id),
  draft: await readDraft(stage.store, id),
  version: await readVersion(stage.store, id, 1),
  second: await readVersion(stage.store, id, 2),
});

describe('deploying a folder', () => {
  it('makes every journey of it live, also one whose file has a byte order mark', async () => {
    const marked = `\uFEFF${acme.journeys['demo-follow-up']}`;
    const folder = { ...acme, journeys: { ...acme.journeys, 'demo-follow-up': marked } };
    expect(await deploy(folder)).toMatchObject({
      journeys: { 'demo-follow-up': 1, 'increase-engagement': 1 },
      left: [],
    });
    const version = await readVersion(stage.store, 'demo-follow-up', 1);
    expect(version).toMatchObject({
      document: marked,
      versionArn: machineOf('demo-follow-up').versionArn,
    });
    expect(Object.keys(version?.templates ?? {}).sort()).toEqual([
      'demo-confirm',
      'demo-nudge',
      'self-serve',
    ]);
    for (const path of ['', '/versions/1', '/versions/1/picture.svg'])
      expect(
        await stage.ask('read-journey', { method: 'GET', path: `/v1/journeys/demo-follow-up${path}` }),
      ).toMatchObject({ status: 200 });
  });

  it('again changes nothing', async () => {
    await deploy();
    const before = await readJourney(stage.store, 'demo-follow-up');
    await deploy();
    expect(await readJourney(stage.store, 'demo-follow-up')).toEqual(before);
  });

  it('refuses everything at once when something in it is wrong, and what is live goes on', async () => {
    await deploy();
    const journeys = {
      ...acme.journeys,
      'demo-follow-up': acme.journeys['demo-follow-up']!.replace('demo-nudge', 'no-such'),
    };
    await expect(deploy({ ...acme, journeys })).rejects.toThrow(
      /demo-follow-up\.journey\.json:\d+:\d+ unknown-template/,
    );
    const templates = { ...acme.templates, broken: { channel: 'email', subject: 'x' } };
    await expect(deploy({ ...acme, templates })).rejects.toThrow(/templates\/broken\.json/);
    await expect(deploy({ ...acme, client: { name: 'acme' } })).rejects.toThrow(/client\.json/);
    expect(await readJourney(stage.store, 'demo-follow-up')).toMatchObject({ status: 'live', version: 1 });
  });

  it('puts its layouts also around templates that the API brought, and takes those that the API brought', async () => {
    const layout = (word: string) => ({ text: `{% block content %}{% endblock %} ${word}` });
    const mail = (text: string) => ({ channel: 'email', subject: 'Hi', layout: 'house', text });
    const folder = (word: string, more: object = {}) => ({
      ...acme,
      layouts: { ...acme.layouts, house: layout(word), ...more },
      templates: { ...acme.templates, own: mail('Own') },
    });
    const textOf = async (id: string) =>
      ((await getDocument(stage.store, 'template', id))!.document as StoredTemplate).compiled.text;
    const put = (kind: string, id: string, body: object) =>
      stage.ask('manage-documents', { method: 'PUT', path: `/v1/${kind}/${id}`, body: JSON.stringify(body) });
    await deploy(folder('one'));
    expect((await put('templates', 'theirs', mail('Theirs'))).status).toBe(201);
    await deploy(folder('two'));
    expect([await textOf('own'), await textOf('theirs')]).toEqual(['Own two', 'Theirs two']);
    const broken = { house: { text: 'no place' } };
    await expect(deploy(folder('three', broken))).rejects.toThrow(/layouts\/house\.json .*invalid-block/);
    expect((await put('layouts', 'house', layout('theirs'))).status).toBe(200);
    expect(await deploy(folder('four'))).toMatchObject({ left: ['layout house'] });
    expect([await textOf('own'), await textOf('theirs')]).toEqual(['Own theirs', 'Theirs theirs']);
  });

  it('never takes back what the API uploaded', async () => {
    await deploy();
    const mine = acme.journeys['demo-follow-up']!.replace('Follow up a demo request', 'Mine now');
    const answer = await stage.ask('upload-journey', {
      method: 'PUT',
      path: '/v1/journeys/demo-follow-up',
      body: mine,
    });
    expect(answer.json).toMatchObject({
      owner: 'api',
      issues: [{ code: 'taken-from-folder', severity: 'warning' }],
    });
    expect(await deploy()).toMatchObject({ left: ['journey demo-follow-up'] });
    expect(await readJourney(stage.store, 'demo-follow-up')).toMatchObject({
      name: 'Mine now',
      owner: 'api',
    });
  });

  it('leaves a journey to the API that was there before its file, and tells both owners', async () => {
    const { 'demo-follow-up': text, ...others } = acme.journeys;
    await deploy({ ...acme, journeys: others });
    const mine = text!.replace('Follow up a demo request', 'Mine first');
    const path = '/v1/journeys/demo-follow-up';
    expect((await stage.ask('upload-journey', { method: 'PUT', path, body: mine })).json).toMatchObject({
      owner: 'api',
      issues: [],
    });
    const published = await stage.ask('publish-journey', { method: 'POST', path: `${path}/publish` });
    expect(published.json).toMatchObject({ version: 1 });
    const before = await everythingOf('demo-follow-up');
    const answer = await deploy();
    expect(answer).toMatchObject({ left: ['journey demo-follow-up'] });
    expect(answer).toMatchObject({ journeys: { 'increase-engagement': 1 }, changed: [] });
    expect(answer).not.toHaveProperty('journeys.demo-follow-up');
    expect(await everythingOf('demo-follow-up')).toEqual(before);
    expect(before.journey).toMatchObject({ name: 'Mine first', owner: 'api', version: 1, status: 'live' });
    expect(before.version?.versionArn).toMatch(/:wayleaf-acme-demo-follow-up:1$/);
    const told = await stage.ask('read-journey', { method: 'GET', path });
    expect(told.json).toMatchObject({ owner: 'api', version: 1 });
    const rest = await stage.ask('read-journey', { method: 'GET', path: '/v1/journeys/increase-engagement' });
    expect(rest.json).toMatchObject({ owner: 'folder' });
    const next = await stage.ask('upload-journey', { method: 'PUT', path, body: mine });
    expect(next.json).toMatchObject({ owner: 'api', issues: [] });
  });

  it('stands in the audit with everything that it changed, also when it is refused', async () => {
    const acts = async () => {
      const found = await stage.store.audit.query({ pk: 'ACT#2026-03' });
      return found.map(({ actor, what, subject, status }) => `${actor} ${what} ${subject} ${status}`).sort();
    };
    await deploy();
    expect(await acts()).toEqual(
      expect.arrayContaining([
        'deployment deploy folder client 200',
        'deployment deploy journeys/demo-follow-up 200',
        'deployment deploy templates/demo-nudge 200',
        'deployment deploy forms/demo-request 200',
      ]),
    );
    const before = await acts();
    await deploy();
    expect((await acts()).length).toBe(before.length + 1);
    await expect(deploy({ ...acme, client: {} })).rejects.toThrow();
    expect(await acts()).toContain('deployment deploy folder client 422');
  });

  it('reads the same from a layer as from the command line', () => {
    expect(readFolder(join(clientsFolder, 'acme'))).toEqual(acme);
  });

  it('leaves the catalogue alone when its stack is deleted: runs may be under way', async () => {
    await deploy();
    await deploy(acme, { RequestType: 'Delete' });
    expect(await getDocument(stage.store, 'form', 'demo-request')).toBeDefined();
  });
});

describe('CloudFormation', () => {
  it('is told how it went', async () => {
    const told: unknown[] = [];
    const server = createServer((request, response) => {
      request.on('data', (data: Buffer) => told.push(JSON.parse(data.toString())));
      request.on('end', () => response.end());
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const ResponseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer`;
    const names = { ResponseURL, StackId: 's', RequestId: 'r', LogicalResourceId: 'l' };
    await deploy(acme, names);
    await deploy({ ...acme, client: {} }, names);
    const path = '/v1/journeys/increase-engagement';
    const body = acme.journeys['increase-engagement']!;
    const uploaded = await stage.ask('upload-journey', { method: 'PUT', path, body });
    expect(uploaded.json).toMatchObject({ owner: 'api' });
    await deploy(acme, names);
    server.close();
    expect(told).toMatchObject([
      {
        ...{ Status: 'SUCCESS', PhysicalResourceId: 'wayleaf-folder', RequestId: 'r' },
        Data: { left: 'nothing' },
      },
      { Status: 'FAILED', Reason: expect.stringContaining('client.json') },
      // The output `LeftAlone` of the stack.
      { Status: 'SUCCESS', Data: { left: 'journey increase-engagement (owned by the API)' } },
    ]);
  });
});
