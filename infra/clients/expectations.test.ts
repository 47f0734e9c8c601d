import { describe, expect, it } from 'vitest';
import { findExpectations, journeyOf } from '#infra/cli/expectations/find';
import { readExpectations } from '#infra/cli/expectations/read';
import { runExpectations } from '#infra/cli/expectations/run';

describe.each(findExpectations([]))('%s', (file) => {
  it('holds on the embedded world', async () => {
    const expectations = readExpectations(file);
    const results = await runExpectations(
      expectations,
      journeyOf(file, expectations.journey),
      undefined,
      () => {},
    );
    expect(results.map(({ name, differences }) => ({ name, differences }))).toEqual(
      expectations.cases.map(({ name }) => ({ name, differences: [] })),
    );
  }, 120_000);
});
