import { expect, test } from 'vitest';
import { lookAtNeighbours } from './neighbours.ts';

const client = (name: string, more: object = {}) => ({
  ...{ name, account: '111122223333', region: 'eu-central-1' },
  sender: { domain: `mail.${name}.example`, address: `a@mail.${name}.example`, name: 'A' },
  ...more,
});

test('clients of accounts or Regions of their own share nothing', () => {
  const others = [
    client('acme'),
    client('acme-shop', { region: 'us-east-1' }),
    client('acme-labs', { account: '444455556666' }),
  ];
  expect(lookAtNeighbours(others)).toEqual({ refused: [], shared: new Map() });
});

test('says what neighbours of one account and Region share', () => {
  const { refused, shared } = lookAtNeighbours([client('acme'), client('globex')]);
  expect(refused).toEqual([]);
  expect(shared.get('acme')).toMatch(/shares account 111122223333, eu-central-1 with "globex".*sending rate/);
  expect([...shared.keys()]).toEqual(['acme', 'globex']);
});

test('refuses a name that another one’s permissions would cover', () => {
  expect(lookAtNeighbours([client('acme'), client('acme-shop')]).refused).toEqual([
    expect.stringMatching(/"acme" and "acme-shop".*all names that begin with "wayleaf-acme-"/),
  ]);
});

test('refuses two that send from one domain, once', () => {
  const two = [client('acme'), client('globex', { sender: client('acme').sender })];
  expect(lookAtNeighbours(two).refused).toEqual([
    expect.stringMatching(/both send from mail\.acme\.example.*globex\.mail\.acme\.example/),
  ]);
});
