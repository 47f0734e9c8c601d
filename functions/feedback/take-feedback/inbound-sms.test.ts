import { describe, expect, test } from 'vitest';
import { countSegments } from '#channels/sms/segments';
import { voiceOf } from '#model/words/say';
import { intentOf } from './inbound-sms.ts';
import { keywords } from './keywords.ts';

describe('a text message', () => {
  test.each([
    ...['STOP', 'stop', ' Stop. ', 'STOP!', 'Stop please', 'please stop', 'STOPALL', 'stop all', 'STOPP'],
    ...['unsubscribe', 'Cancel', 'END', 'quit', 'Revoke', 'REMOVE', 'TD', 'OPT OUT', 'opt-out', 'optout'],
    ...['stop texting me', 'Stop, thank you', 'ＳＴＯＰ', 'S T O P', '"Stop"', 'stop\n', 'STOP 🛑', 'Stop…'],
    ...['Stopp bitte!', 'ABMELDEN', 'Bitte abmelden.', 'Ende', 'Aufhören', 'aufho\u0308ren'],
    ...['ARRET', 'arrêt', 'Arrêtez !', 'STOP SVP', 'Désabonner', 'DESABONNER', 'se désinscrire'.slice(3)],
    ...[
      'unsub',
      'Unsub please',
      'Stop sending',
      'stop sending me texts',
      'Stop messaging me',
      'stop sending messages!',
    ],
    ...['STOP\nSent from my iPhone', 'Stop\r\n\r\nSent from my Galaxy', 'stop\n-- \nMara Muster, Acme'],
    ...['Stopp\nVon meinem iPhone gesendet', 'Abmelden\nGesendet von Mail', 'ARRET\nEnvoyé de mon iPhone'],
    'STOP\n\nGet Outlook for Android',
  ])('%j stops', (text) => expect(intentOf(text)).toBe('stop'));

  test.each(['START', 'START\nSent from my iPhone', 'start.', 'UNSTOP', 'Opt-in', 'Start bitte'])(
    '%j starts again',
    (text) => expect(intentOf(text)).toBe('start'),
  );

  test.each(['HELP', 'help!', 'Info', 'Hilfe', 'AIDE', 'Help me?'])('%j asks for help', (text) =>
    expect(intentOf(text)).toBe('help'),
  );

  test.each([
    ...['Yes', 'I will be at the bus stop at 9', "Don't stop believing", 'Stop by whenever you like'],
    ...[
      'The end of the month is fine',
      'Please do not cancel my order',
      'end 2',
      'STOP at 5pm',
      'Can you help me?',
    ],
    ...['How do I unsubscribe from the newsletter?', 'Wann ist das Ende?', 'C’est la fin', 'Non-stop', ''],
    ...['Stop\nby whenever you like', 'Sent from my iPhone', 'Yes\nSent from my iPhone', 'Stop sending Bob'],
    ...[
      'I can be there\nStop',
      'STOP Sent from my iPhone at 5',
      'Stop\nSent from my office to you: the papers',
    ],
    ...['👍', '...', '?', 'constructor', 'start the engine', 'starter'],
  ])('%j is a reply', (text) => expect(intentOf(text)).toBe('reply'));

  test('may also be one of the client’s own words', () => {
    const own = { stop: ['¡Basta!'], help: ['aiuto'] };
    expect([intentOf('basta', own), intentOf('AIUTO?', own), intentOf('basta pasta', own)]).toEqual([
      ...['stop', 'help', 'reply'],
    ]);
    expect(intentOf('basta')).toBe('reply');
  });

  test('means one thing: no word stands in two lists', () => {
    const all = Object.values(keywords).flatMap((languages) => Object.values(languages).flat());
    expect(all.filter((word, i) => all.indexOf(word) !== i)).toEqual([]);
    for (const [keyword, languages] of Object.entries(keywords))
      for (const word of Object.values(languages).flat())
        expect([word, intentOf(word)]).toEqual([word, keyword]);
  });
});

test.each(['en', 'de', 'fr'])('our answers are one paid part in %s', (language) => {
  const { say } = voiceOf([language]);
  const values = { brand: 'Acme Customer Care', contact: 'customer-care@acme.example' };
  for (const word of ['text-stopped', 'text-started', 'text-help'] as const)
    expect([word, countSegments(say(word, values))]).toEqual([
      word,
      { encoding: 'GSM-7', count: 1, units: expect.any(Number) },
    ]);
});
