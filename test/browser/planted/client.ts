import { type ClientFolder, readClientFolder } from '#infra/client-folder';
import { oneLine } from './take.ts';

/** Ids by number: what is planted is the name. */
const each = <T>(prefix: string, make: (text: string) => T): Record<string, T> =>
  Object.fromEntries(oneLine.map((text, i) => [`${prefix}${i}`, make(text)]));

/** The sample client, with all of them in the names that its folder gives: topics, teams, fields, and whose it is. */
export const plantedClient = (): ClientFolder => {
  const acme = readClientFolder('acme');
  const client = acme.client as Record<string, Record<string, unknown>>;
  return {
    ...acme,
    client: {
      ...client,
      postalAddress: oneLine[0],
      sender: { ...client.sender, name: '<svg onload=alert(1)>' },
      brand: { ...client.brand, name: oneLine[1], tagline: oneLine[2], signature: oneLine[3] },
      topics: { ...client.topics, ...each('t', (name) => ({ name, description: name })) },
      teams: { ...client.teams, ...each('t', (name) => ({ name, emails: ['team@acme.example'] })) },
      fields: { ...client.fields, ...each('f', (label) => ({ type: 'text', label })) },
    },
  };
};
