import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileTemplate } from '#channels/compile-template';
import { needsOf } from '#infra/cli/client-needs';
import { referencesOf } from '#infra/cli/references';
import { templateParts } from '#infra/client-folder';
import { libraryFolder, listLibrary } from '#infra/library/library';
import { clientSchema } from '#model/client';
import { formSchema } from '#model/form';
import type { CompiledTemplate } from '#model/journey';
import { segmentSchema } from '#model/segment';
import { checkDocument } from '#statemachines/checks/check';
import { compile } from '#statemachines/compile/compile';
import { checkLimits } from '#statemachines/compile/limits';
import { createPlan } from '#statemachines/compile/plan';
import type { Journey } from '#statemachines/document/schema';
import type { Expectations } from '#statemachines/expectations/schema';
import { drawPicture } from '#statemachines/picture/picture';
import { clientWith } from '#test/builders/library-client';
import { heardBy, namedBy, partsOf, variablesOf } from '#test/builders/library-words';

const names = listLibrary().map(({ name }) => name);
const read = (...path: string[]): string => readFileSync(join(libraryFolder, ...path), 'utf8');
const idsIn = (name: string, kind: string): string[] =>
  existsSync(join(libraryFolder, name, kind))
    ? readdirSync(join(libraryFolder, name, kind))
        .filter((file) => file.endsWith('.json'))
        .map((file) => basename(file, '.json'))
    : [];
const kinds = { templates: 'template', forms: 'form', segments: 'segment' };
const unique = (words: readonly string[]): string[] => [...new Set(words)].sort();

describe.each(names)('the ready journey %s', (name) => {
  const journey: Journey = JSON.parse(read(name, 'journey.json'));
  const segments = idsIn(name, 'segments').map((id) => JSON.parse(read(name, 'segments', `${id}.json`)));
  const parts = partsOf([journey, segments]);
  const { links = {}, teams = {} } = needsOf(name);
  const templates: CompiledTemplate[] = [];
  const client = clientWith([name]);
  beforeAll(async () => {
    for (const [id, source] of Object.entries(client.folder.templates)) {
      const { template, issues } = await compileTemplate(
        id,
        source,
        clientSchema.parse(client.folder.client),
        { parts: templateParts(client.folder) },
      );
      // An invitation leads to the page of its own event.
      const told = issues.filter(({ code }) => code !== 'dynamic-link' || !id.startsWith('event-'));
      expect({ id, told }).toEqual({ id, told: [] });
      templates.push(template!);
    }
  });
  afterAll(() => client.remove());

  it('checks without error or warning in a client that has nothing else', async () => {
    const { journeys, forms } = client.folder;
    expect(checkDocument(journeys[name]!, await referencesOf(client.place)).issues).toEqual([]);
    for (const form of Object.values(forms)) formSchema.parse(form);
    for (const segment of segments) segmentSchema.parse(segment);
  });

  it('is small enough to be read, and compiles within the limits', () => {
    expect(createPlan(journey).nodes.size).toBeLessThanOrEqual(26); // and the end
    const { asl, text } = compile(journey);
    expect(checkLimits(asl, text)).toEqual([]);
  });

  it('has its picture up to date, and shows it', () => {
    expect(read(name, 'picture.svg')).toBe(drawPicture(journey));
    expect(read(name, 'README.md')).toContain('](picture.svg)');
  });

  it('says in its README what it listens to and what it needs', () => {
    const words = [
      ...heardBy(parts, variablesOf(templates, parts)),
      ...idsIn(name, 'segments'),
      ...Object.keys(links).map((id) => `links.${id}`),
      ...Object.keys(teams),
    ];
    const told = [...read(name, 'README.md').matchAll(/`([^`]+)`/g)].map(([, word]) => word);
    const missing = unique(words).filter((word) => !told.includes(word));
    expect(missing.filter((word) => word !== 'email')).toEqual([]);
  });

  it('asks of a client what it uses, and nothing more', () => {
    const used = variablesOf(templates, parts).flatMap((path) => /^links\.(.+)/.exec(path)?.[1] ?? []);
    const made = ['unsubscribe', 'preferences'];
    expect(unique(Object.keys(links))).toEqual(unique(used).filter((link) => !made.includes(link)));
    expect(unique(Object.keys(teams))).toEqual(unique(namedBy(parts, 'team')));
  });

  it('uses every template, form and segment that it brings', () => {
    for (const [kind, member] of Object.entries(kinds))
      expect(idsIn(name, kind).filter((id) => !namedBy(parts, member).includes(id))).toEqual([]);
  });

  it('writes mail in HTML and in text, each with the ways out and the postal address', () => {
    const mails = templates.filter(({ channel }) => channel === 'email');
    expect(mails.length).toBeGreaterThan(0);
    for (const { id, html = '', text = '' } of mails)
      for (const body of [html, text])
        for (const word of ['links.unsubscribe', 'links.preferences', 'brand.postalAddress'])
          expect({ id, word, stands: body.includes(`{{ ${word} }}`) }).toEqual({ id, word, stands: true });
  });

  it('expects an end and leaves of each case, on a clock that the case itself names, and all leaves of all', () => {
    const { cases }: Expectations = JSON.parse(read(name, 'expect.json'));
    const leaves = cases.flatMap((each) => each.expect?.leaves ?? []);
    expect(unique(leaves)).toEqual(unique(createPlan(journey).leaves.map(({ id }) => id)));
    for (const { expect: expected, contact } of cases) {
      expect(Object.keys(expected ?? {})).toEqual(expect.arrayContaining(['ended', 'leaves']));
      expect(contact.timezone).toContain('/');
    }
  });
});

describe('the library', () => {
  it('is copied into one client as a whole, and still checks', async () => {
    const client = clientWith(names);
    const references = await referencesOf(client.place);
    const found = Object.values(client.folder.journeys).flatMap(
      (text) => checkDocument(text, references).issues,
    );
    client.remove();
    expect(found).toEqual([]);
  });

  it('calls nothing by the same name twice', () => {
    for (const kind of Object.keys(kinds)) {
      const ids = names.flatMap((name) => idsIn(name, kind));
      expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    }
  });

  it('has mails of one design: its one layout', () => {
    const mails = names.flatMap((name) =>
      idsIn(name, 'templates')
        .map((id) => JSON.parse(read(name, 'templates', `${id}.json`)))
        .filter(({ channel }) => channel === 'email'),
    );
    expect(mails.length).toBeGreaterThan(30);
    expect(new Set(mails.map(({ layout }) => layout))).toEqual(new Set(['ready']));
  });

  it('shows all journeys in its README, in the words of theirs', () => {
    const readme = read('README.md');
    for (const { name, about } of listLibrary()) {
      expect(readme).toContain(`](${name}/README.md)`);
      expect(readme).toContain(`](${name}/picture.svg)`);
      expect(readme).toContain(about);
    }
  });
});
