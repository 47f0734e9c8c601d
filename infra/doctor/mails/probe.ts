import { describeTemplate } from '#channels/describe-template';
import { ownAddress } from '#model/deployment';
import { readVersion } from '#store/catalogue/journeys';
import type { ClientFolder } from '../../client-folder.ts';
import { createWorld, type World } from '../../local/world.ts';

/** A mail as SES would have had it, to a contact that nobody knows. */
export interface ProbedMail {
  template: string;
  html?: string;
  text?: string;
  headers: Readonly<Record<string, string>>;
  /** What the one click of a mailbox was answered, and whether the contact was out after it. */
  oneClick?: { status: number; isOut: boolean };
}

export interface Probe {
  mails: ProbedMail[];
  /** Templates whose mail was not sent, with the reason. */
  unsent: { template: string; why: string }[];
}

/** A working day at noon, UTC. */
const start = Date.parse('2026-03-03T12:00:00Z');
const most = 50;

/** Sends each mail of the folder once, in a world of its own that forgets everything. */
export const probeMails = async (folder: ClientFolder): Promise<Probe> => {
  const templates = Object.entries(folder.templates)
    .filter(([, source]) => (source as { channel?: unknown } | null)?.channel === 'email')
    .map(([id]) => id)
    .slice(0, most);
  const world = await createWorld({
    client: { ...folder, client: unhurried(folder.client), journeys: {}, forms: {}, segments: {} },
    ...{ clock: 'virtual', start, seed: 1, logLevel: 'error', sync: 'off' },
  });
  try {
    world.settings.baseUrl = ownAddress(world.client) ?? 'https://wayleaf.execute-api.amazonaws.com';
    const probe: Probe = { mails: [], unsent: [] };
    for (const [i, template] of templates.entries()) await sendOne(world, template, `doctor-${i}`, probe);
    return probe;
  } finally {
    await world.close();
  }
};

/** Nothing holds a probe back. */
const unhurried = (client: unknown): unknown => {
  const { quietHours: _, caps: __, limits: ___, ...rest } = client as Record<string, unknown>;
  return rest;
};

const sendOne = async (world: World, template: string, id: string, probe: Probe): Promise<void> => {
  const admin = { authorization: `Bearer ${world.adminToken}` };
  const document = {
    ...{ wayleaf: 1, id, name: id, enter: { on: [{ event: id }] }, sending: { class: 'marketing' } },
    steps: [{ id: 'mail', type: 'email', template }],
  };
  const put = await world.http({ method: 'PUT', path: `/v1/journeys/${id}`, headers: admin, body: document });
  const published = await world.http({ method: 'POST', path: `/v1/journeys/${id}/publish`, headers: admin });
  if (put.status !== 200 || published.status !== 200)
    return void probe.unsent.push({
      template,
      why: firstIssue(put.status === 200 ? published.text : put.text),
    });
  const { fields, properties } = standIns(await variablesOf(world, id, template));
  const email = `${id}@example.com`;
  await post(world, '/v1/identify', { userId: id, traits: { ...fields, email, consent: ['email'] } });
  await post(world, '/v1/track', { userId: id, event: id, properties });
  await world.advance('5 minutes');
  const mail = (await world.outbox()).find(({ to }) => to === email);
  if (!mail) return void probe.unsent.push({ template, why: await whyNot(world, id) });
  const { html, text, headers = {} } = mail;
  const oneClick = await clickOut(world, headers['list-unsubscribe'], id);
  probe.mails.push({
    ...{ template, headers },
    ...(html === undefined ? {} : { html }),
    ...(text === undefined ? {} : { text }),
    ...(oneClick ? { oneClick } : {}),
  });
};

const firstIssue = (text: string): string => {
  const { issues = [], detail = text } = JSON.parse(text) as {
    issues?: { message: string }[];
    detail?: string;
  };
  return issues[0]?.message ?? detail;
};

const variablesOf = async (world: World, journey: string, template: string): Promise<string[]> => {
  const compiled = (await readVersion(world.store, journey, 1))?.templates[template];
  return compiled ? describeTemplate(compiled).required : [];
};

/** A value for each variable without which the mail would be left out. */
const standIns = (paths: readonly string[]) => {
  const fields: Record<string, unknown> = { firstName: 'Ada', lastName: 'Lovelace' };
  const properties: Record<string, unknown> = {};
  for (const path of paths) {
    const [root, ...names] = path.split('.');
    if (root === 'contact') put(fields, names);
    if (root === 'trigger' && names[0] === 'properties') put(properties, names.slice(1));
  }
  return { fields, properties };
};

const put = (into: Record<string, unknown>, [name, ...rest]: readonly string[]): void => {
  if (name === undefined) return;
  into[name] ??= rest.length === 0 ? 'x' : {};
  if (rest.length > 0) put(into[name] as Record<string, unknown>, rest);
};

const post = async (world: World, path: string, body: object): Promise<void> => {
  const authorization = `Basic ${btoa(`${world.client.writeKeys[0]}:`)}`;
  const { status, text } = await world.http({ method: 'POST', path, headers: { authorization }, body });
  if (status !== 200) throw new Error(`${path} was answered ${status}: ${text}`);
};

const contactOf = async (world: World, userId: string) => {
  const headers = { authorization: `Bearer ${world.adminToken}` };
  return (await world.http({ path: `/v1/contacts?userId=${userId}`, headers })).json<{
    id: string;
    consent?: { email?: { given?: boolean } };
  }>();
};

const whyNot = async (world: World, userId: string): Promise<string> => {
  const { id } = await contactOf(world, userId);
  const headers = { authorization: `Bearer ${world.adminToken}` };
  const { entries } = (await world.http({ path: `/v1/contacts/${id}/timeline`, headers })).json<{
    entries: { text: string; details?: { reason?: string; detail?: string } }[];
  }>();
  const skipped = entries.find(({ details }) => details?.reason !== undefined);
  return skipped
    ? `${skipped.details?.reason}${skipped.details?.detail ? `: ${skipped.details.detail}` : ''}`
    : 'nothing says why';
};

/** As a mailbox does it when somebody presses "Unsubscribe" beside the sender (RFC 8058). */
const clickOut = async (world: World, header: string | undefined, userId: string) => {
  const uri = /<(https?:\/\/[^>]+)>/.exec(header ?? '')?.[1];
  if (uri === undefined || !URL.canParse(uri)) return undefined;
  const { status } = await world.http({
    ...{ method: 'POST', path: new URL(uri).pathname, body: 'List-Unsubscribe=One-Click' },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  await world.drain();
  return { status, isOut: (await contactOf(world, userId)).consent?.email?.given !== true };
};
