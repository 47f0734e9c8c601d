import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { readExpectations } from '#infra/cli/expectations/read';
import { runExpectations } from '#infra/cli/expectations/run';
import { listLibrary } from '#infra/library/library';
import { createWorld } from '#infra/local/world';
import { walkAllPaths } from '#infra/simulation/all-paths';
import { simulationFolder } from '#infra/simulation/folder';
import { simulateIn } from '#infra/simulation/simulation';
import { clientWith } from '#test/builders/library-client';

describe.each(listLibrary().map(({ name }) => name))('the ready journey %s, played', (name) => {
  const client = clientWith([name]);
  afterAll(() => client.remove());

  it('does what its expectations say, in a client of another zone', async () => {
    const expectations = readExpectations(client.fileOf(name, 'expect'));
    const results = await runExpectations(expectations, client.fileOf(name), undefined, () => {});
    expect(results.map(({ name: of, differences }) => ({ of, differences }))).toEqual(
      expectations.cases.map(({ name: of }) => ({ of, differences: [] })),
    );
  }, 60_000);

  it('has no step and no leaf that nobody reaches', async () => {
    const text = readFileSync(client.fileOf(name), 'utf8');
    const document = JSON.parse(text);
    const folder = simulationFolder(document, text, client.place);
    const start = Date.parse('2026-03-02T09:00:00Z');
    const walked = await walkAllPaths(simulateIn(createWorld), { folder, document, start, seed: 1 });
    const { paths, unreached, unreachedLeaves } = walked;
    expect({ unreached, unreachedLeaves }).toEqual({ unreached: [], unreachedLeaves: [] });
    expect(paths.flatMap(({ impossible }) => impossible ?? [])).toEqual([]);
  }, 60_000);
});
