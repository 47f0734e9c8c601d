import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Issue } from '#kernel/issue';
import { aClient } from '#test/builders/message-order';
import { compileTemplate } from '../compile-template.ts';
import { templateExplanations } from './explanations.ts';
import { templateRules } from './registry.ts';

const root = join(import.meta.dirname, 'rules');
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));
const files = (name: string): string[] => globSync(`*/${name}`, { cwd: root }).sort();

const fields = ['firstName', 'lastName', 'email', 'phone', 'companySize', 'city', 'tags', 'vip', 'website'];
const compile = (document: { template: unknown; layouts?: object; partials?: object }): Promise<Issue[]> =>
  compileTemplate('example', document.template, aClient(), {
    parts: {
      layouts: new Map(Object.entries(document.layouts ?? {})),
      partials: new Map(Object.entries(document.partials ?? {})),
    },
    contactFields: new Set(fields),
  }).then(({ issues }) => issues);

const told = ({ file, path, line, column, code }: Issue): string =>
  [...(file ? [file] : []), `${path}${line ? `:${line}:${column}` : ''}`, code].join(' ');

const expectedOf = (file: string): string[] => read(join(dirname(file), 'expected.json'))[basename(file)];

describe('a bad template is told all that is wrong with it, and where', () => {
  it.each(files('invalid-*.json'))('%s', async (file) => {
    expect((await compile(read(file))).map(told)).toEqual(expectedOf(file));
  });

  it.each(files('invalid-*.json'))(
    'every message about %s is free of the words of our tools',
    async (file) => {
      for (const { message, hint = '' } of await compile(read(file)))
        expect(`${message} ${hint}`).not.toMatch(/undefined variable|\[object|zod|Invalid input|NaN/);
    },
  );
});

describe('a template that keeps to the rule by a hair is accepted', () => {
  it.each(files('valid-*.json'))('%s', async (file) =>
    expect((await compile(read(file))).map(told)).toEqual([]),
  );
});

const ids = [...new Set([...templateRules, ...templateExplanations].map(({ id }) => id))];

describe.each(ids)('%s', (id) => {
  it('is shown by a bad template in its folder, and has a good one beside it', () => {
    const own = files('invalid-*.json').filter((file) => file.startsWith(`${id}/`));
    expect(own.flatMap(expectedOf).map((issue) => issue.split(' ').at(-1))).toContain(id);
    expect(files('valid-*.json').some((file) => file.startsWith(`${id}/`))).toBe(true);
  });
});

const frame = (piece: string): string =>
  `<mjml><mj-body><mj-section><mj-column>${piece}<mj-text>{{ brand.postalAddress }} {{ links.unsubscribe }}</mj-text></mj-column></mj-section></mj-body></mjml>`;
const example = (piece: string, as: 'mjml' | 'text') => ({
  template: {
    ...{ channel: 'email', subject: 'Hello' },
    ...(as === 'mjml'
      ? { mjml: frame(piece) }
      : { text: `${piece} {{ brand.postalAddress }} {{ links.unsubscribe }}` }),
  },
  partials: {
    signature: { text: 'Mara' },
    mark: { mjml: '<mj-divider />' },
    greeting: { text: 'Dear {{ name }}' },
  },
});

describe('what is explained', () => {
  const shown = templateExplanations.flatMap(({ id, as, example: { wrong, right } }) =>
    as ? [[id, as, wrong, right] as const] : [],
  );
  it.each(shown)(
    '%s has a bad example that gives this code alone, and a good one',
    async (id, as, wrong, right) => {
      expect([...new Set((await compile(example(wrong, as))).map(({ code }) => code))]).toEqual([id]);
      expect((await compile(example(right, as))).map(told)).toEqual([]);
    },
  );
});
