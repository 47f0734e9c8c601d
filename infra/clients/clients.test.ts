import PostalMime from 'postal-mime';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileTemplate } from '#channels/compile-template';
import { describeTemplate } from '#channels/describe-template';
import type { EmailMessage, MessageOrder } from '#channels/order';
import { prepareMessage } from '#channels/prepare';
import { listClients, readClientFolder, templateParts } from '#infra/client-folder';
import { type Client, clientSchema } from '#model/client';
import { formSchema } from '#model/form';
import type { CompiledTemplate } from '#model/journey';
import { segmentSchema } from '#model/segment';

describe.each(listClients())('the folder of %s', (name) => {
  const folder = readClientFolder(name);
  const client: Client = clientSchema.parse(folder.client);
  const templates: Record<string, CompiledTemplate> = {};
  beforeAll(async () => {
    for (const [id, source] of Object.entries(folder.templates)) {
      const { template, issues } = await compileTemplate(id, source, client, {
        parts: templateParts(folder),
      });
      expect({ id, issues }).toEqual({ id, issues: [] });
      if (template) templates[id] = template;
    }
  });

  const named = (kind: 'template' | 'form' | 'team', journeys = Object.values(folder.journeys)): string[] => {
    const found = journeys.flatMap((text) => [...text.matchAll(new RegExp(`"${kind}": "([^"]+)"`, 'g'))]);
    return [...new Set(found.map((m) => m[1] ?? ''))];
  };
  /** What follows about mails is the taste of the sample; journeys that were added may have another. */
  const ownMails = (): string[] =>
    name === 'acme'
      ? named(
          'template',
          ['demo-follow-up', 'increase-engagement'].map((id) => folder.journeys[id] ?? ''),
        )
      : [];
  const mailFor = async (id: string, contact: MessageOrder['contact']) => {
    const prepared = await prepareMessage({
      channel: 'email',
      sendId: `${'c'.repeat(20)}-${'5'.repeat(20)}`,
      contactId: 'c'.repeat(20),
      run: { id: 'run', journey: 'journey', journeyName: 'Journey', version: 1 },
      step: 'step',
      class: 'marketing',
      template: templates[id],
      contact,
      client,
      settings: { baseUrl: 'https://t.example', sesConfigurationSet: 'x', teamTopicPrefix: 'arn:' },
      keys: { current: 'k1', byKid: { k1: new Uint8Array(32) } },
      now: 0,
    });
    if ('skip' in prepared) throw new Error(`${id} is skipped: ${prepared.skip} ${prepared.detail}`);
    return PostalMime.parse((prepared.message as EmailMessage).raw);
  };

  it('is named as its settings say', () => {
    expect(client.name).toBe(name);
    if (name === 'acme') expect(ownMails().length).toBeGreaterThanOrEqual(9);
  });

  it('holds every template, form and team that its journeys name', () => {
    expect(named('template').filter((id) => !(id in templates))).toEqual([]);
    expect(named('form').filter((id) => !(id in folder.forms))).toEqual([]);
    expect(named('team').filter((id) => !(id in client.teams))).toEqual([]);
  });

  it('has forms and segments that can be read', () => {
    for (const form of Object.values(folder.forms)) formSchema.parse(form);
    for (const segment of Object.values(folder.segments)) segmentSchema.parse(segment);
  });

  it('writes mail that needs no more of a contact than an address', async () => {
    for (const id of ownMails()) {
      const mail = await mailFor(id, { email: 'x@example.com' });
      for (const text of [mail.subject, mail.html, mail.text])
        expect(text).not.toMatch(/\{\{|\}\}|\{%|undefined|null|,\s*,/);
      expect(mail.subject).toMatch(/^\p{Lu}|^\d/u);
    }
  });

  it('places the way out and the postal address in every mail itself', () => {
    for (const id of ownMails()) {
      const { hasUnsubscribe, variables } = describeTemplate(templates[id]!);
      expect(hasUnsubscribe).toBe(true);
      expect(variables).toEqual(expect.arrayContaining(['links.preferences', 'brand.postalAddress']));
    }
  });

  it('asks for one thing in each mail, in HTML and in text', async () => {
    for (const id of ownMails()) {
      const mail = await mailFor(id, { email: 'x@example.com', firstName: 'Ada' });
      expect(new Set(mail.html?.match(/\/c\/[^"]+/g)).size).toBe(1);
      expect(mail.text?.match(new RegExp(client.links.site ?? '', 'g'))).toHaveLength(1);
    }
  });
});
