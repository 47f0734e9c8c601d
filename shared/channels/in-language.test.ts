import { describe, expect, it } from 'vitest';
import { anOrder } from '#test/builders/message-order';
import { inLanguage } from './in-language.ts';
import type { EmailMessage } from './order.ts';
import { prepareMessage } from './prepare.ts';

const template = {
  id: 't',
  channel: 'email' as const,
  language: 'en',
  subject: 'Hello',
  text: 'Hello {{ contact.firstName }}',
  languages: {
    de: { subject: 'Hallo', text: 'Hallo {{ contact.firstName }}' },
    'de-AT': { subject: 'Servus', text: 'Servus' },
    'pt-BR': { subject: 'Olá', text: 'Olá' },
  },
};

describe('the language of a message', () => {
  it.each([
    [['de'], 'Hallo'],
    [['de-CH'], 'Hallo'],
    [['DE_at'], 'Servus'],
    [['pt'], 'Olá'],
    [['pt-PT', 'de'], 'Hallo'],
    [['en-GB', 'de'], 'Hello'],
    [['fr', 'de'], 'Hallo'],
    [['fr', 'es'], 'Hello'],
    [[undefined, 7, '', 'de'], 'Hallo'],
    [['__proto__', 'constructor'], 'Hello'],
  ])('for one who wants %j is said as %s', (wanted, subject) =>
    expect(inLanguage(template, wanted).subject).toBe(subject),
  );

  it('is that of the contact, else of the client, else as it is written', async () => {
    const subjectFor = async (language: unknown, ofClient: string) => {
      const order = anOrder({ template, contact: { email: 'a@example.com', firstName: 'Ada', language } });
      const made = await prepareMessage({ ...order, client: { ...order.client, language: ofClient } });
      return (made as { message: EmailMessage }).message.subject;
    };
    expect(await subjectFor('de', 'en')).toBe('Hallo');
    expect(await subjectFor('fr', 'de')).toBe('Hallo');
    expect(await subjectFor(undefined, 'fr')).toBe('Hello');
  });

  it('with a hole in it skips the message, and takes no other language instead', async () => {
    const prepared = await prepareMessage(
      anOrder({ template, contact: { email: 'a@example.com', language: 'de' } }),
    );
    expect(prepared).toEqual({ skip: 'missing-variable', detail: 'contact.firstName' });
  });
});
