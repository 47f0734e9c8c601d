import type { Role } from '#model/role';

export type { Role };

/** Who holds the token (`GET /v1/me`). */
export interface Me {
  id: string;
  name: string;
  role: Role;
  client: string;
  validUntil?: string;
}

// Not `#model/role`: every visitor of the first page would load zod for it.
const rank: Readonly<Record<Role, number>> = { viewer: 0, author: 1, publisher: 2, admin: 3 };

/** Each role may do what those before it may. The API decides; this only shows what it would refuse. */
export const may = ({ role }: Pick<Me, 'role'>, needed: Role): boolean => rank[role] >= rank[needed];
