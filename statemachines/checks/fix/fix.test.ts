import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectDocument } from '../check.ts';
import { exampleClient } from '../explain/example-client.ts';
import { exampleDocument } from '../explain/example-document.ts';
import { explanations } from '../explain/explain.ts';
import { type Fixed, fixDocument } from './fix.ts';

const fixed = (
  piece: string,
  place: 'steps' | 'condition' | 'members' = 'steps',
): Fixed & { piece: string } => {
  const document = exampleDocument(piece, place)!;
  const result = fixDocument(document.text, exampleClient);
  const [before, after] = document.text.split(piece) as [string, string];
  expect(result.text.startsWith(before) && result.text.endsWith(after)).toBe(true);
  return { ...result, piece: result.text.slice(before.length, -after.length) };
};

describe('check --fix repairs', () => {
  it.each<[string, 'steps' | 'condition' | 'members', string, string]>([
    [
      'slips in the names of members and types',
      'steps',
      '{ "id": "a",   "type": "emial", "templat":"welcome" }',
      '{ "id": "a",   "type": "email", "template":"welcome" }',
    ],
    [
      'a word of a closed list',
      'members',
      '"sending": { "class": "Marketing" }',
      '"sending": { "class": "marketing" }',
    ],
    [
      'a duration in another writing',
      'steps',
      '{ "id": "a", "type": "wait", "for": "3h" }',
      '{ "id": "a", "type": "wait", "for": "3 hours" }',
    ],
    [
      'a duration in parts',
      'steps',
      '{ "id": "a", "type": "wait", "for": "1.5 hours" }',
      '{ "id": "a", "type": "wait", "for": "90 minutes" }',
    ],
    [
      'a duration whose words do not agree',
      'steps',
      '{ "id": "a", "type": "wait", "for": "2 day" }',
      '{ "id": "a", "type": "wait", "for": "2 days" }',
    ],
    [
      'weights as fractions',
      'steps',
      '{ "id": "a", "type": "split", "arms": [{ "name": "x", "weight": 0.3, "steps": [] }, { "name": "y", "weight": .7, "steps": [] }] }'.replace(
        '.7',
        '0.7',
      ),
      '{ "id": "a", "type": "split", "arms": [{ "name": "x", "weight": 30, "steps": [] }, { "name": "y", "weight": 70, "steps": [] }] }',
    ],
    [
      'weights with signs',
      'steps',
      '{ "id": "a", "type": "split", "arms": [{ "name": "x", "weight": "30%", "steps": [] }, { "name": "y", "weight": "70", "steps": [] }] }',
      '{ "id": "a", "type": "split", "arms": [{ "name": "x", "weight": 30, "steps": [] }, { "name": "y", "weight": 70, "steps": [] }] }',
    ],
    [
      'one thing where a list is needed',
      'members',
      '"exit": { "on": { "event": "Left" } }',
      '"exit": [{ "on": { "event": "Left" } }]',
    ],
    [
      'a wait from long to short',
      'steps',
      '{ "id": "a", "type": "wait", "for": { "between": ["3 days", "1 day"] } }',
      '{ "id": "a", "type": "wait", "for": { "between": ["1 day", "3 days"] } }',
    ],
    [
      'a path without its beginning',
      'condition',
      '{ "trigger": "plan", "is": "pro" }',
      '{ "trigger": "properties.plan", "is": "pro" }',
    ],
    [
      'a slip in a name of the client',
      'steps',
      '{ "id": "a", "type": "email", "template": "wellcome" }',
      '{ "id": "a", "type": "email", "template": "welcome" }',
    ],
    [
      'a slip in a variable of a text',
      'steps',
      '{ "id": "a", "type": "sms", "text": "Dear {{ contact.fristName }},\\nbye" }',
      '{ "id": "a", "type": "sms", "text": "Dear {{ contact.firstName }},\\nbye" }',
    ],
    [
      'a member that says the same twice',
      'members',
      '"objective": "x", "goal": { "on": { "event": "E" } }, "objective": "x"',
      '"objective": "x", "goal": { "on": { "event": "E" } }',
    ],
    [
      'what a repair brings to light',
      'steps',
      '{ "id": "a", "type": "wiat", "fro": "2 dayz" }',
      '{ "id": "a", "type": "wait", "for": "2 days" }',
    ],
    [
      'a time without its zero and a day written out',
      'steps',
      '{ "id": "a", "type": "wait", "until": { "time": "9:00", "days": ["Monday", "tuesdays"] } }',
      '{ "id": "a", "type": "wait", "until": { "time": "09:00", "days": ["mon", "tue"] } }',
    ],
    [
      'a slip in the name of a condition',
      'condition',
      '{ "any": [{ "consnt": "email" }, { "tag": "vip" }] }',
      '{ "any": [{ "consent": "email" }, { "tag": "vip" }] }',
    ],
    [
      'an id that nothing names',
      'steps',
      '[{ "id": "a", "type": "email", "template": "welcome" }, { "id": "a", "type": "email", "template": "welcome" }]',
      '[{ "id": "a", "type": "email", "template": "welcome" }, { "id": "a-2", "type": "email", "template": "welcome" }]',
    ],
  ])('%s', (_, place, from, to) => {
    const { piece, left, repaired } = fixed(from, place);
    expect([piece, left]).toEqual([to, []]);
    expect(repaired.length).toBeGreaterThan(0);
  });

  it('commas that are missing or left over', () => {
    const { text, left, repaired } = fixDocument(
      '{\n  "wayleaf": 1,\n  "id": "j"\n  "name": "J",\n  "enter": { "on": [{ "manual": true },] },\n  "steps": [{ "id": "bye", "type": "exit" }],\n}\n',
    );
    expect(text).toBe(
      '{\n  "wayleaf": 1,\n  "id": "j",\n  "name": "J",\n  "enter": { "on": [{ "manual": true }] },\n  "steps": [{ "id": "bye", "type": "exit" }]\n}\n',
    );
    expect([left, repaired.map(({ line }) => line)]).toEqual([[], [3, 5, 6]]);
  });

  it('what Windows editors write, and leaves their mark and their line ends', () => {
    const text = `\uFEFF${exampleDocument('{ "id": "a", "type": "wait", "for": "3h" }')!.text.replaceAll('\n', '\r\n')}`;
    expect(fixDocument(text)).toMatchObject({ text: text.replace('3h', '3 hours'), left: [] });
  });

  it('the quotes of a word processor', () => {
    const { text } = exampleDocument('{ "id": "bye", "type": "exit" }')!;
    expect(fixDocument(text.replace(/"([^"]*)"/g, '“$1”')).text).toBe(text);
  });

  it('a schema that is not named, in the place where editors look for it', () => {
    const { text, repaired } = fixDocument('{\n    "wayleaf": 1\n}', {}, { schema: './journey.schema.json' });
    expect(text).toBe('{\n    "$schema": "./journey.schema.json",\n    "wayleaf": 1\n}');
    expect(repaired).toEqual([{ line: 1, says: expect.stringContaining('journey.schema.json') }]);
  });
});

const mail = { channel: 'email', hasUnsubscribe: true };

describe('check --fix leaves alone', () => {
  it.each<[string, 'steps' | 'condition' | 'members', string]>([
    ['a unit that could be two', 'steps', '{ "id": "a", "type": "wait", "for": "2 m" }'],
    ['months', 'steps', '{ "id": "a", "type": "wait", "for": "2 months" }'],
    [
      'weights that are merely wrong',
      'steps',
      '{ "id": "a", "type": "split", "arms": [{ "name": "x", "weight": 50, "steps": [] }, { "name": "y", "weight": 40, "steps": [] }] }',
    ],
    [
      'ids that something names',
      'steps',
      '[{ "id": "a", "type": "email", "template": "welcome" }, { "id": "a", "type": "email", "template": "welcome" }, { "id": "z", "type": "exit", "if": { "message": "a", "was": "opened" } }]',
    ],
    [
      'a reference to a step: the slip may as well be in the id',
      'steps',
      '[{ "id": "welcmoe", "type": "email", "template": "welcome" }, { "id": "z", "type": "exit", "if": { "message": "welcome", "was": "opened" } }]',
    ],
    ['a value that would be as wrong in quotes', 'steps', '{ "id": 5, "type": "exit" }'],
    ['a name that two others are near to', 'steps', '{ "id": "a", "type": "email", "template": "offer-c" }'],
    ['a member that says two things', 'members', '"objective": "x", "objective": "y"'],
    ['comments, which hold words of the author', 'members', '// mine\n"objective": "x"'],
    ['a text in which a duration is quoted', 'steps', '{ "id": "a", "type": "sms", "text": "2 day" }'],
    ['values that are data', 'condition', '{ "contact": "pause", "is": "2 day" }'],
  ])('%s', (_, place, piece) => {
    const { text } = exampleDocument(piece, place)!;
    const templates = { welcome: mail, 'offer-a': mail, 'offer-b': mail };
    expect(fixDocument(text, { ...exampleClient, templates })).toMatchObject({ text, repaired: [] });
  });

  it('every document that has nothing to repair, letter for letter', () => {
    for (const id of ['demo-follow-up', 'increase-engagement']) {
      const text = readFileSync(
        new URL(`../../../infra/clients/acme/journeys/${id}.journey.json`, import.meta.url),
        'utf8',
      );
      expect(fixDocument(text)).toEqual({ text, repaired: [], left: [] });
    }
  });

  it('whatever it cannot make better: no repair leaves more errors than there were', () => {
    for (const { example } of explanations) {
      const document = exampleDocument(example.wrong, example.place);
      if (!document) continue;
      const before = fixDocument(document.text, exampleClient);
      const again = fixDocument(before.text, exampleClient);
      expect(again).toEqual({ ...before, repaired: [] });
    }
  });

  it('whatever slip is made in a good document: it is mended as it was, or left', () => {
    const text = readFileSync(
      new URL('../../../infra/clients/acme/journeys/demo-follow-up.journey.json', import.meta.url),
      'utf8',
    );
    const words = [...text.matchAll(/"([A-Za-z]{4,})"/g)];
    const outcomes = { mended: 0, left: 0 };
    fc.assert(
      fc.property(
        fc.nat(words.length - 1),
        fc.nat(40),
        fc.constantFrom('swap', 'drop', 'double'),
        (w, at, how) => {
          const { 1: word = '', index } = words[w]!;
          const slip = slipped(word, at % (word.length - 1), how);
          const changed = text.slice(0, index + 1) + slip + text.slice(index + 1 + word.length);
          const { text: fixed, repaired, left } = fixDocument(changed, exampleClient);
          if (fixed === text) outcomes.mended++;
          else {
            outcomes.left++;
            // A slip in a name of the author's own makes another name, and a document that means another thing.
            expect(fixed).toBe(changed);
            expect(repaired).toEqual([]);
            expect(left).toEqual(inspectDocument(changed, exampleClient).issues);
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(outcomes.mended).toBeGreaterThan(100);
  });
});

const slipped = (word: string, at: number, how: 'swap' | 'drop' | 'double'): string => {
  const [before, letter = '', next = ''] = [word.slice(0, at), word[at], word[at + 1]];
  const after = word.slice(at + 2);
  if (how === 'swap') return before + next + letter + after;
  return how === 'drop' ? before + next + after : before + letter + letter + next + after;
};
