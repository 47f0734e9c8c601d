import type { World } from '#infra/local/world';
import { call } from './people-given.ts';

let made = 0;

/** A token of this role, made as an administrator makes one. */
export const addToken = async (world: World, role: string): Promise<string> => {
  const { json } = await call(world, 'POST', '/v1/tokens', { name: `${role} ${++made}`, role });
  return String(json.token);
};
