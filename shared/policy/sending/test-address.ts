import type { Client } from '#model/client';

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Colleagues whom client.json names anyway. */
const colleagues = ({ alarm, sender, brand, teams }: Client): string[] => [
  alarm,
  ...(sender.replyTo === undefined ? [] : [sender.replyTo]),
  ...(brand.supportEmail === undefined ? [] : [brand.supportEmail]),
  ...Object.values(teams).flatMap(({ emails }) => emails),
];

/** May a test mail go there? Only to those that client.json names: a token alone must not write to strangers. */
export const mayGetTests = (client: Client, address: string): boolean =>
  [...colleagues(client), ...client.testSends.to].some((allowed) =>
    allowed.startsWith('@') ? same(address.slice(address.lastIndexOf('@')), allowed) : same(address, allowed),
  );
