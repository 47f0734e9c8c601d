import { expect, test } from 'vitest';
import { machineName } from '#model/machine-name';
import { namesOf } from './names.ts';

const client = 'a'.repeat(24);
const journey = 'b'.repeat(48);
const names = namesOf(client);

test('the longest names that may be given make machines that Step Functions takes, of either owner', () => {
  const made = [names.machine(journey), machineName(`${names.machinePrefix}${journey}`)];
  for (const name of made) {
    expect(name).toMatch(/^[\w-]{1,80}$/);
    expect(name.startsWith(names.machinePrefix)).toBe(true);
  }
  expect(made.map((name) => name.length)).toEqual([80, 80]);
  expect(new Set(made).size).toBe(2);
});

test('two journeys that differ at the end of a long name have a machine each', () => {
  const other = `${'b'.repeat(47)}c`;
  expect(names.machine(other)).not.toBe(names.machine(journey));
  expect(machineName(names.machinePrefix + other)).not.toBe(machineName(names.machinePrefix + journey));
});

test('a name that fits is what people read, and is not shortened', () => {
  expect(namesOf('acme').machine('demo-follow-up')).toBe('wayleaf-acme-demo-follow-up_folder');
  expect(machineName('wayleaf-acme-demo-follow-up')).toBe('wayleaf-acme-demo-follow-up');
  const fits = 'b'.repeat(80 - names.machinePrefix.length);
  expect(machineName(names.machinePrefix + fits)).toBe(names.machinePrefix + fits);
});
